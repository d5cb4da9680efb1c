package dev.snowshed.simulation.scaling;

import dev.snowshed.simulation.report.Tables;
import dev.snowshed.simulation.score.Interval;
import java.util.ArrayList;
import java.util.Comparator;
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

  /** How both of ours stand to the others in each scenario, and the most that any of them has. */
  public static String verdicts(List<ScalingResult> results) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "scenario",
            "better than " + Contestants.SNOWSHED,
            "better than " + Contestants.SNOWSHED_KNATIVE,
            "most goodput of the others",
            "what " + Contestants.SNOWSHED_KNATIVE + " has more"));
    for (ScalingResult result : results) {
      rows.add(
          List.of(
              result.scenario().name(),
              better(result, Contestants.SNOWSHED),
              better(result, Contestants.SNOWSHED_KNATIVE),
              most(best(result)),
              more(result)));
    }
    return Tables.markdown(rows);
  }

  private static String better(ScalingResult result, String ours) {
    List<String> better = Verdict.of(result, ours).better();
    return better.isEmpty() ? "none" : String.join(", ", better);
  }

  private static ScalingResult.Row best(ScalingResult result) {
    return result.rows().stream()
        .filter(row -> !Contestants.isOurs(row.name()))
        .max(
            Comparator.<ScalingResult.Row>comparingLong(
                    row -> Math.round(1000 * row.scores().goodput().mean()))
                .thenComparingDouble(row -> -row.scores().instanceHours().mean()))
        .orElseThrow();
  }

  private static String most(ScalingResult.Row best) {
    return String.format(
        Locale.ROOT,
        "%s: %.3f at %.2f hours",
        best.name(),
        best.scores().goodput().mean(),
        best.scores().instanceHours().mean());
  }

  private static String more(ScalingResult result) {
    ScalingScores own = result.scores(Contestants.SNOWSHED_KNATIVE);
    ScalingScores other = best(result).scores();
    Interval goodput = own.more(other, ScalingScores.Run::goodput);
    return String.format(
        Locale.ROOT,
        "%+.4f ±%.4f goodput, %+.2f hours",
        goodput.mean(),
        goodput.half(),
        own.instanceHours().mean() - other.instanceHours().mean());
  }
}
