package dev.snowshed.samples.quote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.snowshed.function.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The services behind a quote, asked on behalf of one call. */
final class Shop {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final Context context;
  private final String base;

  Shop(HttpClient http, Context context) {
    this.http = http;
    this.context = context;
    this.base = context.configuration().get("downstream", "http://127.0.0.1:8090");
  }

  /** An article of the catalog. */
  record Article(String name, long cents) {}

  /** The articles by their numbers; those that the catalog does not know are left out. */
  CompletableFuture<Map<String, Article>> articles(List<String> skus) {
    return context
        .dependency("catalog")
        .callAsync(
            () ->
                get("/catalog?" + query("sku", skus), context.remaining())
                    .thenApply(Shop::articles))
        .toCompletableFuture();
  }

  /** The customer's discount; zero if the promotions cannot be had. */
  CompletableFuture<Integer> discountPercent(String customer) {
    return context
        .dependency("promotions")
        .callAsync(
            () ->
                get("/promotions?" + query("customer", List.of(customer)), aWhile())
                    .thenApply(promotion -> promotion.required("percent").intValue()),
            failure -> 0)
        .toCompletableFuture();
  }

  /** Articles that go well with those given; none if the recommendations cannot be had. */
  CompletableFuture<List<String>> recommendations(List<String> skus) {
    return context
        .dependency("recommendations")
        .<List<String>>callAsync(
            () ->
                get("/recommendations?" + query("sku", skus), aWhile())
                    .thenApply(found -> texts(found.required("skus"))),
            failure -> List.<String>of())
        .toCompletableFuture();
  }

  /** How long a quote waits for what it can do without. */
  private Duration aWhile() {
    return context.remaining().dividedBy(4);
  }

  private CompletableFuture<JsonNode> get(String path, Duration atMost) {
    try {
      HttpRequest.Builder request =
          context.propagate(HttpRequest.newBuilder(URI.create(base + path)));
      if (atMost.compareTo(context.remaining()) < 0) {
        request.timeout(atMost);
      }
      return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
          .thenApply(Shop::read);
    } catch (HttpTimeoutException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static JsonNode read(HttpResponse<byte[]> response) {
    try {
      if (response.statusCode() != 200) {
        throw new IOException(response.uri() + " answered " + response.statusCode());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Article> articles(JsonNode catalog) {
    Map<String, Article> articles = new HashMap<>();
    for (JsonNode article : catalog.required("articles")) {
      articles.put(
          article.required("sku").textValue(),
          new Article(article.required("name").textValue(), article.required("cents").longValue()));
    }
    return articles;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.textValue()));
    return texts;
  }

  private static String query(String name, List<String> values) {
    return values.stream()
        .map(value -> name + '=' + URLEncoder.encode(value, StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
