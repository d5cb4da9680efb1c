package dev.snowshed.benchmarks.http;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes results for people and for programs. */
final class Report {
  private static final String ROW = "%-26s %9s %21s %9s %9s %7s %11s %8s %8s%n";

  /** The share of the machine that others may use during a load before its figures are in doubt. */
  static final double DISTURBED = 0.1;

  private Report() {}

  /**
   * The table.
   *
   * @param options what was asked for
   * @param results of every target
   */
  static String table(Options options, Collection<Result> results) {
    StringBuilder table = new StringBuilder();
    table.append(
        "%d processors, JDK %s, %s, wrk with %d connections, %d rounds of %d s after %d s%n"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                String.join(" ", options.flags()),
                options.connections(),
                options.rounds(),
                options.seconds(),
                options.warmupSeconds()));
    table.append(
        ROW.formatted(
            "medians",
            "req/s",
            "ratio (min-max)",
            "p50 ms",
            "p99 ms",
            "CPU us",
            "start ms",
            "RSS",
            "peak"));
    boolean disturbed = false;
    for (Result result : results) {
      Map<String, Spread> figures = result.figures(ceiling(results));
      table.append(
          ROW.formatted(
              result.name(),
              median(figures, "requestsPerSecond", "%.0f", 1),
              ratio(figures.get("ratio")),
              median(figures, "p50Micros", "%.2f", 1e-3),
              median(figures, "p99Micros", "%.2f", 1e-3),
              median(figures, "cpuMicrosPerRequest", "%.1f", 1),
              median(figures, "startupMillis", "%.0f", 1),
              median(figures, "rssMib", "%.0f MB", 1),
              median(figures, "peakRssMib", "%.0f MB", 1)));
      Spread elsewhere = figures.get("elsewhere");
      disturbed |= elsewhere != null && elsewhere.max() > DISTURBED;
    }
    if (disturbed) {
      table.append(
          "Something else used more than a tenth of the machine during a load: see \"elsewhere\" in"
              + " the JSON, and trust CPU per request rather than req/s.\n");
    }
    return table.toString();
  }

  private static String median(
      Map<String, Spread> figures, String figure, String format, double unit) {
    Spread spread = figures.get(figure);
    return spread == null ? "-" : String.format(Locale.ROOT, format, spread.median() * unit);
  }

  private static String ratio(@Nullable Spread ratio) {
    return ratio == null
        ? "-"
        : String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", ratio.median(), ratio.min(), ratio.max());
  }

  private static @Nullable Result ceiling(Collection<Result> results) {
    return results.stream()
        .filter(result -> result.name().equals(Target.CEILING))
        .findFirst()
        .orElse(null);
  }

  /**
   * The data, as {@link Options#HELP} describes it.
   *
   * @param options what was asked for
   * @param results of every target
   */
  static String json(Options options, Collection<Result> results) {
    return """
        {
          "machine": {"processors": %d, "java": "%s", "flags": "%s"},
          "options": {"rounds": %d, "seconds": %d, "warmupSeconds": %d, "connections": %d},
          "targets": [
        %s
          ]
        }
        """
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            Runtime.version(),
            String.join(" ", options.flags()).replace("\\", "\\\\").replace("\"", "\\\""),
            options.rounds(),
            options.seconds(),
            options.warmupSeconds(),
            options.connections(),
            results.stream()
                .map(result -> json(result, ceiling(results)))
                .collect(Collectors.joining(",\n")));
  }

  private static String json(Result result, @Nullable Result ceiling) {
    return result.figures(ceiling).entrySet().stream()
        .map(figure -> ",\n     \"" + figure.getKey() + "\": " + json(figure.getValue()))
        .collect(Collectors.joining("", "    {\"name\": \"" + result.name() + '"', "}"));
  }

  private static String json(Spread spread) {
    return "{\"median\": %s, \"min\": %s, \"max\": %s, \"samples\": [%s]}"
        .formatted(
            number(spread.median()),
            number(spread.min()),
            number(spread.max()),
            numbers(spread.samples()));
  }

  private static String numbers(List<Double> samples) {
    return samples.stream().map(Report::number).collect(Collectors.joining(", "));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
