package dev.snowshed.samples.downstream;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the shop sells, to whom at what discount, and what goes well with it. */
final class Wares {
  private static final Map<String, Article> ARTICLES =
      List.of(
              new Article("tea", "Green tea, 100 g", 450),
              new Article("mug", "Mug", 1250),
              new Article("pot", "Tea pot", 3490),
              new Article("honey", "Honey, 250 g", 620),
              new Article("lamp", "Reading lamp", 5900),
              new Article("book", "A book about avalanches", 1899))
          .stream()
          .collect(toUnmodifiableMap(Article::sku, article -> article));

  private static final Map<String, List<String>> GOES_WITH =
      Map.of(
          "tea", List.of("mug", "pot", "honey"),
          "mug", List.of("tea", "pot"),
          "pot", List.of("tea", "mug"),
          "book", List.of("lamp", "tea"),
          "lamp", List.of("book"));

  private static final Map<String, Integer> DISCOUNT_PERCENT = Map.of("ada", 10, "grace", 15);

  private Wares() {}

  private record Article(String sku, String name, long cents) {
    String toJson() {
      return "{\"sku\":\"%s\",\"name\":\"%s\",\"cents\":%d}".formatted(sku, name, cents);
    }
  }

  static String catalog(Query query) {
    return query.all("sku").stream()
        .distinct()
        .map(ARTICLES::get)
        .filter(Objects::nonNull)
        .map(Article::toJson)
        .collect(joining(",", "{\"articles\":[", "]}"));
  }

  static String promotion(Query query) {
    int percent = DISCOUNT_PERCENT.getOrDefault(query.first().getOrDefault("customer", ""), 0);
    return "{\"percent\":%d}".formatted(percent);
  }

  static String recommendations(Query query) {
    List<String> bought = query.all("sku");
    return bought.stream()
        .flatMap(sku -> GOES_WITH.getOrDefault(sku, List.of()).stream())
        .filter(sku -> !bought.contains(sku))
        .distinct()
        .limit(3)
        .map(sku -> '"' + sku + '"')
        .collect(joining(",", "{\"skus\":[", "]}"));
  }
}
