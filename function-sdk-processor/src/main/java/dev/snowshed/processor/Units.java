package dev.snowshed.processor;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the durations and sizes of {@link dev.snowshed.function.Function}. */
final class Units {
  private static final long MAX_TIMEOUT_NANOS = 24L * 3_600 * 1_000_000_000;
  private static final Map<String, Long> NANOS =
      Map.of("ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);
  private static final Map<String, Long> BYTES =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
  private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,18})([A-Za-z]+)");

  private Units() {}

  /** Nanoseconds between 1 ms and 24 h, or empty if the text says anything else. */
  static OptionalLong timeoutNanos(String text) {
    OptionalLong nanos = quantity(text, NANOS);
    return nanos.isPresent() && nanos.getAsLong() > 0 && nanos.getAsLong() <= MAX_TIMEOUT_NANOS
        ? nanos
        : OptionalLong.empty();
  }

  /** Bytes, {@link Long#MAX_VALUE} for unlimited, or empty if the text is not a size. */
  static OptionalLong bytes(String text) {
    return text.equals("unlimited") ? OptionalLong.of(Long.MAX_VALUE) : quantity(text, BYTES);
  }

  private static OptionalLong quantity(String text, Map<String, Long> units) {
    Matcher matcher = QUANTITY.matcher(text);
    if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
      return OptionalLong.empty();
    }
    long unit = units.get(matcher.group(2));
    long count = Long.parseLong(matcher.group(1));
    return count <= Long.MAX_VALUE / unit ? OptionalLong.of(count * unit) : OptionalLong.empty();
  }
}
