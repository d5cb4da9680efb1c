package dev.snowshed.simulation.report;

import dev.snowshed.simulation.oracle.Oracle;
import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.score.Interval;
import dev.snowshed.simulation.score.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results as JSON for programs; docs/simulation.md describes it. Keys are added, never changed. */
public final class Data {
  private static final double NANOS_PER_SECOND = 1e9;

  private Data() {}

  /** Everything, as JSON. */
  public static String json(List<Result> results, List<Long> seeds) {
    List<Object> rows = new ArrayList<>();
    List<Object> oracles = new ArrayList<>();
    for (Result result : results) {
      oracles.add(oracle(result.scenario(), result.oracle()));
      result.rows().forEach(row -> rows.add(row(result.scenario(), row)));
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("seeds", seeds);
    all.put("results", rows);
    all.put("summary", Summary.of(results).stream().map(Data::summary).toList());
    all.put("oracles", oracles);
    return Json.write(all);
  }

  private static Map<String, @Nullable Object> row(Scenario scenario, Result.Row row) {
    Scores scores = row.scores();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("scenario", scenario.name());
    fields.put("limit", row.limit());
    fields.put("G", interval(scores.goodput()));
    fields.put("T", interval(scores.tail()));
    fields.put("F", interval(scores.falseSheds()));
    fields.put("C", interval(scores.recoverySeconds()));
    fields.put("R", interval(scores.stormSeconds()));
    fields.put("J", interval(scores.fairness()));
    fields.put("excess", interval(scores.excess()));
    fields.put("goodputPerSecond", scores.goodputPerSecond().mean());
    fields.put("p50Millis", scores.p50Millis().mean());
    fields.put("p99Millis", scores.p99Millis().mean());
    fields.put("functions", scores.functions().stream().map(Data::function).toList());
    return fields;
  }

  private static Map<String, Object> function(Scores.OfFunction function) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", function.name());
    fields.put("goodputPerSecond", function.goodputPerSecond().mean());
    fields.put("rejectedShare", function.rejectedShare().mean());
    fields.put("p99Millis", function.p99Millis().mean());
    return fields;
  }

  private static @Nullable Map<String, Object> interval(Interval interval) {
    if (!interval.applies()) {
      return null;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("mean", interval.mean());
    fields.put("low", interval.low());
    fields.put("high", interval.high());
    return fields;
  }

  private static Map<String, Object> summary(Summary summary) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("limit", summary.limit());
    fields.put("minG", summary.minGoodput());
    fields.put("minGScenario", summary.scenario());
    fields.put("geoMeanG", summary.meanGoodput());
    fields.put("maxExcess", summary.maxExcess());
    fields.put("maxExcessScenario", summary.excessScenario());
    return fields;
  }

  private static Map<String, Object> oracle(Scenario scenario, Oracle oracle) {
    List<Object> phases = new ArrayList<>();
    for (Oracle.Phase phase : oracle.phases()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("fromSeconds", phase.fromNanos() / NANOS_PER_SECOND);
      fields.put("limits", limits(scenario, phase.limits()));
      phases.add(fields);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("scenario", scenario.name());
    fields.put("limits", limits(scenario, oracle.limits()));
    fields.put("phases", phases);
    return fields;
  }

  private static Map<String, Object> limits(Scenario scenario, List<Integer> limits) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < limits.size(); i++) {
      fields.put(scenario.functions().get(i).name(), limits.get(i));
    }
    return fields;
  }
}
