package dev.snowshed.simulation.fleet;

import dev.snowshed.simulation.report.Tables;
import dev.snowshed.simulation.score.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Results as tables for people: Markdown, aligned. */
public final class FleetTables {
  private static final List<String> HEAD =
      List.of(
          "policy",
          "goodput",
          "worst 10 s",
          "ready",
          "alive",
          "recovery s",
          "lost",
          "no host",
          "refused",
          "attempts");

  private FleetTables() {}

  /** One scenario: a row for each policy. */
  public static String of(List<FleetResult> results) {
    FleetScenario scenario = results.getFirst().scenario();
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    results.forEach(result -> rows.add(cells(result.policy().name(), result.scores())));
    return "**%s, %d hosts.** %s. Runs: %d.%n%n%s"
        .formatted(
            scenario.name(),
            scenario.hosts(),
            scenario.title(),
            results.getFirst().seeds().size(),
            Tables.markdown(rows));
  }

  private static List<String> cells(String policy, FleetScores scores) {
    return List.of(
        policy,
        number(scores.goodput().mean(), 3) + " ±" + number(scores.goodput().half(), 3),
        number(scores.worst(), 3),
        number(scores.smallestReadyShare(), 2),
        number(scores.smallestAliveShare(), 2),
        number(scores.recoverySeconds().mean(), 0) + range(scores.recoverySeconds()),
        number(scores.lost().mean(), 1),
        number(scores.homeless().mean(), 0),
        number(scores.refusedShare().mean(), 3),
        number(scores.amplification().mean(), 2));
  }

  private static String range(Interval interval) {
    return interval.low() == interval.high()
        ? ""
        : " (%s–%s)".formatted(number(interval.low(), 0), number(interval.high(), 0));
  }

  /** The worst of each policy over all scenarios. */
  public static String summary(List<FleetResult> results) {
    Map<String, List<FleetResult>> byPolicy = new LinkedHashMap<>();
    for (FleetResult result : results) {
      byPolicy.computeIfAbsent(result.policy().name(), name -> new ArrayList<>()).add(result);
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("policy", "least goodput", "in", "least ready", "in", "longest recovery s", "in"));
    byPolicy.forEach((policy, all) -> rows.add(summary(policy, all)));
    return Tables.markdown(rows);
  }

  private static List<String> summary(String policy, List<FleetResult> results) {
    FleetResult goodput = least(results, each -> each.scores().goodput().mean());
    FleetResult ready = least(results, each -> each.scores().smallestReadyShare());
    FleetResult recovery = least(results, each -> -each.scores().recoverySeconds().mean());
    return List.of(
        policy,
        number(goodput.scores().goodput().mean(), 3),
        where(goodput),
        number(ready.scores().smallestReadyShare(), 2),
        where(ready),
        number(recovery.scores().recoverySeconds().mean(), 0),
        where(recovery));
  }

  private static FleetResult least(List<FleetResult> results, ToDoubleFunction<FleetResult> score) {
    return results.stream().min(Comparator.comparingDouble(score)).orElseThrow();
  }

  private static String where(FleetResult result) {
    return result.scenario().name() + ", " + result.scenario().hosts();
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
