package dev.snowshed.benchmarks.load;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes maps, lists, texts and numbers as JSON. */
public final class Json {
  private Json() {}

  /**
   * Writes.
   *
   * @param value a map with texts as keys, a list, a text, a number or a boolean, or what holds
   *     them; a number that is none becomes null
   */
  public static String write(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> text(entry.getKey().toString()) + ": " + write(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case List<?> list ->
          list.stream().map(Json::write).collect(Collectors.joining(", ", "[", "]"));
      case Double number -> number(number);
      case Number number -> number.toString();
      case Boolean bool -> bool.toString();
      default -> text(value.toString());
    };
  }

  private static String number(double number) {
    return Double.isFinite(number) ? String.format(Locale.ROOT, "%.4f", number) : "null";
  }

  private static String text(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
