package dev.snowshed.simulation.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON (RFC 8259): maps, lists, texts, numbers and null. */
public final class Json {
  private static final MathContext DIGITS = new MathContext(6);

  private final StringBuilder text = new StringBuilder();

  private Json() {}

  /** A value and what it holds, indented. */
  public static String write(@Nullable Object value) {
    Json json = new Json();
    json.value(value, "\n");
    return json.text.append('\n').toString();
  }

  private void value(@Nullable Object value, String lineBreak) {
    switch (value) {
      case null -> text.append("null");
      case Map<?, ?> map -> object(map, lineBreak);
      case List<?> list -> array(list, lineBreak);
      case Double number -> text.append(decimal(number));
      case Number number -> text.append(number);
      default -> text(value.toString());
    }
  }

  private void object(Map<?, ?> map, String lineBreak) {
    text.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(separator).append(lineBreak).append("  ");
      text(String.valueOf(entry.getKey()));
      text.append(": ");
      value(entry.getValue(), lineBreak + "  ");
      separator = ",";
    }
    text.append(lineBreak).append('}');
  }

  private void array(List<?> list, String lineBreak) {
    text.append('[');
    String separator = "";
    for (Object item : list) {
      text.append(separator).append(lineBreak).append("  ");
      value(item, lineBreak + "  ");
      separator = ",";
    }
    text.append(list.isEmpty() ? "" : lineBreak).append(']');
  }

  /** Six digits; what is no number is null. */
  private static String decimal(double number) {
    return Double.isFinite(number)
        ? new BigDecimal(number).round(DIGITS).stripTrailingZeros().toPlainString()
        : "null";
  }

  private void text(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
