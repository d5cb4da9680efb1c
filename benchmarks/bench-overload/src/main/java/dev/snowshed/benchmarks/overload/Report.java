package dev.snowshed.benchmarks.overload;

import dev.snowshed.benchmarks.http.Spread;
import dev.snowshed.benchmarks.load.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes results for people and for programs. */
final class Report {
  private static final String NAME = "%-18s";
  private static final String CELL = "%16s";
  private static final String FIGURE = "%11s";

  private Report() {}

  /** A factor, as short as can be. */
  static String factor(double factor) {
    return factor == Math.rint(factor)
        ? String.format(Locale.ROOT, "%.0f", factor)
        : Double.toString(factor);
  }

  /** What is to be known of a phase before its figures are used; empty if nothing is. */
  static String mark(Phase phase) {
    return (phase.capped() ? "^" : "") + (phase.valid() ? "" : "!");
  }

  /**
   * The tables, two for each function.
   *
   * @param options what was asked for
   * @param results of all functions and targets
   */
  static String tables(Options options, List<Result> results) {
    StringBuilder tables = new StringBuilder(head(options));
    for (Workload workload : options.workloads()) {
      List<Result> rows =
          results.stream()
              .filter(result -> result.workload() == workload && result.phases() > 0)
              .toList();
      if (!rows.isEmpty()) {
        goodput(tables, options, workload, rows);
        latency(tables, workload, rows);
      }
    }
    return tables.append(legend(results)).toString();
  }

  private static String head(Options options) {
    return "%d processors, pinned: %s, JDK %s, %s, %d rounds of %d s after %d s%n"
        .formatted(
            Pinning.PROCESSORS,
            options.pinning() == Pinning.NONE ? "no" : "generator 0, target 1",
            Runtime.version(),
            String.join(" ", options.flags()),
            options.rounds(),
            options.seconds(),
            options.settleSeconds());
  }

  private static void goodput(
      StringBuilder table, Options options, Workload workload, List<Result> rows) {
    String reachable = options.trace().isPresent() ? "what is reachable" : "the target's best";
    table.append(
        "%n%s: goodput within %d ms as a share of %s (and per second)%n"
            .formatted(workload.title(), Workload.DEADLINE_MILLIS, reachable));
    table.append(NAME.formatted("target")).append(FIGURE.formatted("reachable/s"));
    factors(table, rows.getFirst());
    table.append(FIGURE.formatted("refusal us")).append(FIGURE.formatted("call us"));
    table.append(FIGURE.formatted("plain us")).append('\n');
    rows.forEach(row -> goodput(table, row));
  }

  private static void goodput(StringBuilder table, Result row) {
    table.append(NAME.formatted(row.target()));
    table.append(figure("%.0f", row.spread(Visit::reachablePerSecond).map(Spread::median)));
    for (int phase = 0; phase < row.phases(); phase++) {
      double perSecond = row.phaseSpread(phase, Phase::goodputPerSecond).median();
      String cell =
          String.format(Locale.ROOT, "%.2f (%.0f)", row.goodputRatio(phase).median(), perSecond);
      table.append(CELL.formatted(cell + mark(row, phase)));
    }
    table.append(figure("%.1f", row.spread(Visit::refusalCpuMicros).map(Spread::median)));
    table.append(figure("%.1f", row.spread(Visit::servedCpuMicros).map(Spread::median)));
    table.append(figure("%.1f", row.spread(Visit::plainCpuMicros).map(Spread::median)));
    table.append('\n');
  }

  private static String figure(String format, Optional<Double> value) {
    return FIGURE.formatted(value.map(it -> String.format(Locale.ROOT, format, it)).orElse("-"));
  }

  private static void latency(StringBuilder table, Workload workload, List<Result> rows) {
    table.append("%n%s: p99 of the good / of the refused, ms%n".formatted(workload.title()));
    table.append(NAME.formatted("target")).append(FIGURE.formatted(""));
    factors(table, rows.getFirst());
    table.append('\n');
    rows.forEach(row -> latency(table, row));
  }

  private static void latency(StringBuilder table, Result row) {
    table.append(NAME.formatted(row.target())).append(FIGURE.formatted(""));
    for (int phase = 0; phase < row.phases(); phase++) {
      double good = row.phaseSpread(phase, measured -> measured.tally().goodMillis(99)).median();
      double refused =
          row.phaseSpread(phase, measured -> measured.tally().refusedMillis(99)).median();
      String cell = String.format(Locale.ROOT, "%.1f / %.1f", good, refused);
      table.append(CELL.formatted(cell + mark(row, phase)));
    }
    table.append('\n');
  }

  private static void factors(StringBuilder table, Result row) {
    for (int phase = 0; phase < row.phases(); phase++) {
      double factor = row.phaseSpread(phase, Phase::factor).median();
      table.append(CELL.formatted(factor(factor) + 'x'));
    }
  }

  private static String mark(Result row, int phase) {
    return (row.capped(phase) ? "^" : "") + (row.valid(phase) ? "" : "!");
  }

  private static String legend(List<Result> results) {
    StringBuilder legend = new StringBuilder();
    if (results.stream().anyMatch(Result::disturbed)) {
      legend.append(
          "Something else used more than a tenth of the machine during a phase: see \"elsewhere\" in"
              + " the JSON.\n");
    }
    for (Result row : results) {
      for (int phase = 0; phase < row.phases(); phase++) {
        if (row.capped(phase)) {
          legend.append(
              "^ %s, %s: the generator offered %.0f/s, less than %sx%n"
                  .formatted(
                      row.target(),
                      row.workload().title(),
                      row.phaseSpread(phase, Phase::ratePerSecond).median(),
                      factor(row.phaseSpread(phase, Phase::factor).median())));
        }
        if (!row.valid(phase)) {
          legend.append(
              "! %s, %s: not valid at %sx, the generator lagged %.1f ms at p99%n"
                  .formatted(
                      row.target(),
                      row.workload().title(),
                      factor(row.phaseSpread(phase, Phase::factor).median()),
                      row.phaseSpread(phase, it -> it.tally().latenessMillis(99)).max()));
        }
      }
    }
    return legend.toString();
  }

  /**
   * The data, as {@link Options#HELP} describes it.
   *
   * @param options what was asked for
   * @param results of all functions and targets
   */
  static String json(Options options, List<Result> results) {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("processors", Pinning.PROCESSORS);
    machine.put("java", Runtime.version());
    machine.put("flags", String.join(" ", options.flags()));
    machine.put("pin", options.pinning().name().toLowerCase(Locale.ROOT));
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("factors", options.factors());
    asked.put("seconds", options.seconds());
    asked.put("settle", options.settleSeconds());
    asked.put("spacing", options.even() ? "constant" : "poisson");
    asked.put("seed", options.seed());
    asked.put("trace", options.trace().isPresent());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("machine", machine);
    all.put("options", asked);
    all.put("results", results.stream().map(Result::figures).toList());
    return Json.write(all) + '\n';
  }
}
