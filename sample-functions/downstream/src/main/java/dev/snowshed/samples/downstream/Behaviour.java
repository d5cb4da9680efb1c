package dev.snowshed.samples.downstream;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a service behaves.
 *
 * @param delay how long it takes to answer, from 0 to 10 minutes
 * @param errorRate the share of requests answered with status 503, from 0 to 1
 * @param hang whether it answers only once this is over
 * @param atOnce how many requests it serves at a time, while the others wait, from 1 on
 */
record Behaviour(Duration delay, double errorRate, boolean hang, int atOnce) {

  static final Behaviour HEALTHY = new Behaviour(Duration.ZERO, 0, false, 10_000);

  private static final Set<String> KEYS = Set.of("delay", "errorRate", "hang", "atOnce");
  private static final Pattern DELAY = Pattern.compile("(\\d{1,6})(ms|s)");
  private static final Duration MAX_DELAY = Duration.ofMinutes(10);

  /**
   * Reads a behaviour. What is not given is as in {@link #HEALTHY}.
   *
   * @param settings of {@code delay} (a whole number of {@code ms} or {@code s}), {@code
   *     errorRate}, {@code hang} ({@code true} or {@code false}) and {@code atOnce}
   * @throws IllegalArgumentException if a key or a value is none of these
   */
  static Behaviour parse(Map<String, String> settings) {
    for (String key : settings.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "there is no setting \"%s\", only delay, errorRate, hang and atOnce".formatted(key));
      }
    }
    return new Behaviour(
        delay(settings.getOrDefault("delay", "0ms")),
        errorRate(settings.getOrDefault("errorRate", "0")),
        hang(settings.getOrDefault("hang", "false")),
        atOnce(settings.getOrDefault("atOnce", String.valueOf(HEALTHY.atOnce))));
  }

  String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"delay\":\"%dms\",\"errorRate\":%s,\"hang\":%s,\"atOnce\":%d}",
        delay.toMillis(),
        errorRate,
        hang,
        atOnce);
  }

  private static Duration delay(String value) {
    Matcher matcher = DELAY.matcher(value);
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      Duration delay =
          matcher.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
      if (delay.compareTo(MAX_DELAY) <= 0) {
        return delay;
      }
    }
    throw new IllegalArgumentException(
        "delay must be a number of ms or s up to 10 minutes, such as 200ms, was \"%s\""
            .formatted(value));
  }

  private static double errorRate(String value) {
    if (!value.matches("0|1|0?\\.\\d{1,9}|[01]\\.0")) {
      throw new IllegalArgumentException(
          "errorRate must be from 0 to 1, such as 0.3, was \"%s\"".formatted(value));
    }
    return Double.parseDouble(value);
  }

  private static int atOnce(String value) {
    if (!value.matches("[1-9]\\d{0,4}")) {
      throw new IllegalArgumentException(
          "atOnce must be a whole number from 1 to 99999, was \"%s\"".formatted(value));
    }
    return Integer.parseInt(value);
  }

  private static boolean hang(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "hang must be true or false, was \"%s\"".formatted(value));
    };
  }
}
