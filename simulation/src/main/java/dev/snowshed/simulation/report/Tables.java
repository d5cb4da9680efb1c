package dev.snowshed.simulation.report;

import dev.snowshed.simulation.oracle.Oracle;
import dev.snowshed.simulation.scenario.FunctionLoad;
import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.score.Interval;
import dev.snowshed.simulation.score.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Results as text for people. */
public final class Tables {
  private static final List<String> HEAD =
      List.of("limit", "G", "T", "F", "C s", "R s", "J", "p50 ms", "p99 ms", "excess");

  private Tables() {}

  /** One scenario: a row for each limit, intervals behind ±. */
  public static String of(Result result) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    result.rows().forEach(row -> rows.add(cells(row)));
    return result.scenario().name()
        + ": "
        + result.scenario().title()
        + "\n"
        + oracle(result.scenario(), result.oracle())
        + "\n"
        + aligned(rows);
  }

  private static List<String> cells(Result.Row row) {
    Scores scores = row.scores();
    return List.of(
        row.limit(),
        cell(scores.goodput(), 3),
        cell(scores.tail(), 2),
        cell(scores.falseSheds(), 4),
        cell(scores.recoverySeconds(), 1),
        cell(scores.stormSeconds(), 1),
        cell(scores.fairness(), 3),
        brief(scores.p50Millis().mean(), 1),
        brief(scores.p99Millis().mean(), 1),
        cell(scores.excess(), 3));
  }

  private static String cell(Interval interval, int digits) {
    if (!interval.applies()) {
      return "-";
    }
    String format = "%." + digits + "f ±%." + digits + "f";
    return String.format(Locale.ROOT, format, interval.mean(), interval.half());
  }

  private static String brief(double value, int digits) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static String oracle(Scenario scenario, Oracle oracle) {
    String phases =
        oracle.phases().stream()
            .map(
                phase ->
                    "from %s s %s"
                        .formatted(seconds(phase.fromNanos()), limits(scenario, phase.limits())))
            .collect(Collectors.joining(", "));
    return "oracle: at most "
        + limits(scenario, oracle.limits())
        + " in flight"
        + (oracle.phases().size() > 1 ? "; best for each phase: " + phases : "");
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3g", nanos / 1e9).replaceAll("\\.0+$", "");
  }

  private static String limits(Scenario scenario, List<Integer> limits) {
    List<FunctionLoad> functions = scenario.functions();
    if (functions.size() == 1) {
      return limits.getFirst().toString();
    }
    return IntStream.range(0, limits.size())
        .mapToObj(i -> functions.get(i).name() + " " + limits.get(i))
        .collect(Collectors.joining(" and "));
  }

  /**
   * All limits over all scenarios.
   *
   * @param what the head of the column that names them
   */
  public static String of(String what, List<Summary> summaries) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(what, "minimum of G", "in", "geometric mean of G", "largest excess", "in"));
    for (Summary summary : summaries) {
      rows.add(
          List.of(
              summary.limit(),
              brief(summary.minGoodput(), 3),
              summary.scenario(),
              brief(summary.meanGoodput(), 3),
              brief(summary.maxExcess(), 3),
              summary.excessScenario()));
    }
    return aligned(rows);
  }

  /** How many characters the longest cell of each column has; all rows have as many cells. */
  public static int[] widths(List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  /** Rows of as many cells each as a Markdown table, aligned; the first is its head. */
  public static String markdown(List<List<String>> rows) {
    int[] widths = widths(rows);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      markdown(rows.get(i), widths, text);
      if (i == 0) {
        markdown(Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths, text);
      }
    }
    return text.toString();
  }

  private static void markdown(List<String> cells, int[] widths, StringBuilder text) {
    for (int i = 0; i < widths.length; i++) {
      text.append("| ").append(cells.get(i));
      text.append(" ".repeat(widths[i] - cells.get(i).length() + 1));
    }
    text.append("|\n");
  }

  private static String aligned(List<List<String>> rows) {
    int[] widths = widths(rows);
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - row.get(i).length());
        line.append(row.get(i)).append(padding).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
