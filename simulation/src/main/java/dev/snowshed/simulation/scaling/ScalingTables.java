package dev.snowshed.simulation.scaling;

import dev.snowshed.simulation.report.Tables;
import dev.snowshed.simulation.score.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results as tables for people: Markdown, aligned. */
public final class ScalingTables {
  private static final List<String> HEAD =
      List.of(
          "autoscaler",
          "goodput",
          "instance-hours",
          "below target s",
          "most",
          "from the third minute");

  private ScalingTables() {}

  /** One scenario: a row for each autoscaler. */
  public static String of(ScalingResult result) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    result.rows().forEach(row -> rows.add(cells(row.name(), row.scores())));
    return "**%s.** %s. Runs: %d.%n%n%s"
        .formatted(
            result.scenario().name(),
            result.scenario().title(),
            result.seeds(),
            Tables.markdown(rows));
  }

  private static List<String> cells(String name, ScalingScores scores) {
    return List.of(
        name,
        cell(scores.goodput(), 3),
        cell(scores.instanceHours(), 2),
        cell(scores.secondsBelowTarget(), 0),
        String.valueOf(scores.mostInstances()),
        cell(scores.late(), 3));
  }

  private static String cell(Interval interval, int digits) {
    String format = "%." + digits + "f ±%." + digits + "f";
    return String.format(Locale.ROOT, format, interval.mean(), interval.half());
  }

  /** How ours stands to the others in each scenario. */
  public static String verdicts(List<ScalingResult> results) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("scenario", "better than ours"));
    for (ScalingResult result : results) {
      List<String> better = Verdict.of(result).better();
      rows.add(
          List.of(result.scenario().name(), better.isEmpty() ? "none" : String.join(", ", better)));
    }
    return Tables.markdown(rows);
  }
}
