package dev.snowshed.simulation.scaling;

import dev.snowshed.simulation.report.Json;
import dev.snowshed.simulation.score.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results as JSON for programs; docs/scaling.md describes it. Keys are added, never changed. */
public final class ScalingData {
  private ScalingData() {}

  /** Everything, as JSON. */
  public static String json(List<ScalingResult> results) {
    List<Map<String, Object>> rows =
        results.stream()
            .flatMap(result -> result.rows().stream().map(row -> row(result, row)))
            .toList();
    return Json.write(Map.of("results", rows));
  }

  private static Map<String, Object> row(ScalingResult result, ScalingResult.Row row) {
    ScalingScores scores = row.scores();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("scenario", result.scenario().name());
    fields.put("autoscaler", row.name());
    fields.put("seeds", result.seeds());
    fields.put("goodput", interval(scores.goodput()));
    fields.put("instanceHours", interval(scores.instanceHours()));
    fields.put("secondsBelowTarget", interval(scores.secondsBelowTarget()));
    fields.put("mostInstances", scores.mostInstances());
    fields.put("goodputFromThirdMinute", interval(scores.late()));
    return fields;
  }

  private static Map<String, Object> interval(Interval interval) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("mean", interval.mean());
    fields.put("low", interval.low());
    fields.put("high", interval.high());
    return fields;
  }
}
