package dev.snowshed.simulation.fleet;

import dev.snowshed.simulation.report.Json;
import dev.snowshed.simulation.score.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results as JSON for programs; docs/simulation.md describes it. Keys are added, never changed. */
public final class FleetData {
  private FleetData() {}

  /** Everything, as JSON. */
  public static String json(List<FleetResult> results) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("load", Fleets.LOAD);
    all.put("results", results.stream().map(FleetData::row).toList());
    return Json.write(all);
  }

  private static Map<String, Object> row(FleetResult result) {
    FleetScores scores = result.scores();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event", result.scenario().name());
    fields.put("hosts", result.scenario().hosts());
    fields.put("policy", result.policy().name());
    fields.put("seeds", result.seeds());
    fields.put("goodput", interval(scores.goodput()));
    fields.put("worstTenSeconds", scores.worst());
    fields.put("smallestReadyShare", scores.smallestReadyShare());
    fields.put("smallestAliveShare", scores.smallestAliveShare());
    fields.put("recoverySeconds", interval(scores.recoverySeconds()));
    fields.put("lost", interval(scores.lost()));
    fields.put("noHost", interval(scores.homeless()));
    fields.put("refusedShare", interval(scores.refusedShare()));
    fields.put("attemptsPerRequest", interval(scores.amplification()));
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
