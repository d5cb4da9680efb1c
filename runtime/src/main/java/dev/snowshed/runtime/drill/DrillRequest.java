package dev.snowshed.runtime.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.snowshed.runtime.dependency.Drills;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A request that a drill sends again and again, once for each treatment.
 *
 * @param method in upper case, such as {@code POST}
 * @param path what follows the function's name in the path: empty, or beginning with a slash or a
 *     question mark
 * @param headers by name, in any case
 * @param body sent as UTF-8, if there is one
 */
public record DrillRequest(
    String method, String path, Map<String, String> headers, Optional<String> body) {

  private static final String CONTENT_TYPE = "Content-Type";
  private static final Set<String> FIELDS = Set.of("method", "path", "headers", "body");
  private static final URI ANYWHERE = URI.create("http://localhost/functions/");

  /**
   * A request.
   *
   * @throws IllegalArgumentException if it cannot be sent; the message tells what is wrong
   */
  public DrillRequest {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    if (sorted.containsKey(Drills.HEADER)) {
      throw new IllegalArgumentException(
          "the header " + Drills.HEADER + " is set by the drill itself");
    }
    if (!path.isEmpty() && !path.startsWith("/") && !path.startsWith("?")) {
      throw new IllegalArgumentException(
          "the path is '"
              + path
              + "'; it follows the function's name, so it has to be empty or begin with / or ?");
    }
    headers = Collections.unmodifiableMap(sorted);
    method = method.toUpperCase(Locale.ROOT);
    HttpRequest _ = builder(ANYWHERE, "any", method, path, headers, body).build();
  }

  /**
   * Reads a request.
   *
   * <p>{@code {"method":"POST","path":"","headers":{},"body":…}}, each optional. A body that is a
   * text is sent as it is; any other JSON is sent as JSON, with that as its {@code Content-Type}
   * unless the headers say otherwise. The method is by default {@code POST} with a body and {@code
   * GET} without.
   *
   * @throws IllegalArgumentException if it is none; the message tells what is wrong
   */
  public static DrillRequest of(JsonNode json) {
    if (!json.isObject()) {
      throw new IllegalArgumentException(
          "a request is a JSON object such as {\"method\":\"GET\",\"path\":\"/1\"}, but this is "
              + json);
    }
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw new IllegalArgumentException(
            "a request has no field '" + field.getKey() + "', only method, path, headers and body");
      }
    }
    Map<String, String> headers = headers(json.path("headers"));
    Optional<String> body = body(json.path("body"));
    if (json.path("body").isContainerNode()) {
      headers.putIfAbsent(CONTENT_TYPE, "application/json");
    }
    return new DrillRequest(
        text(json, "method", body.isPresent() ? "POST" : "GET"),
        text(json, "path", ""),
        headers,
        body);
  }

  /** The same as JSON, as {@link #of} reads it. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("method", method);
    json.put("path", path);
    ObjectNode names = json.putObject("headers");
    headers.forEach(names::put);
    body.ifPresent(text -> json.put("body", text));
    return json;
  }

  /**
   * The request to a function, without a mark.
   *
   * @param functions where the functions are, ending in a slash
   */
  HttpRequest.Builder to(URI functions, String function) {
    return builder(functions, function, method, path, headers, body);
  }

  private static HttpRequest.Builder builder(
      URI functions,
      String function,
      String method,
      String path,
      Map<String, String> headers,
      Optional<String> body) {
    BodyPublisher publisher = body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(functions.resolve(function + path)).method(method, publisher);
    headers.forEach(request::header);
    return request;
  }

  private static Map<String, String> headers(JsonNode json) {
    if (!json.isMissingNode() && !json.isObject()) {
      throw new IllegalArgumentException(
          "headers are a JSON object such as {\"Accept\":\"text/plain\"}, but this is " + json);
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    json.properties().forEach(field -> headers.put(field.getKey(), field.getValue().asText()));
    return headers;
  }

  private static Optional<String> body(JsonNode json) {
    if (json.isMissingNode() || json.isNull()) {
      return Optional.empty();
    }
    return Optional.of(json.isTextual() ? json.textValue() : json.toString());
  }

  private static String text(JsonNode json, String field, String otherwise) {
    JsonNode value = json.path(field);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException(field + " is a text in quotes, but this is " + value);
    }
    return value.textValue();
  }

  /** Such as {@code POST /orders?dry}, for messages. */
  String line(String function) {
    return String.join(" ", List.of(method, "/functions/" + function + path));
  }
}
