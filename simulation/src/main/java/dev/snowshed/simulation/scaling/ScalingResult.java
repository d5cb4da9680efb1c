package dev.snowshed.simulation.scaling;

import java.util.List;

/**
 * What the autoscalers are worth in a scenario. Immutable.
 *
 * @param scenario what they had to cope with
 * @param seeds of the runs
 * @param rows one for each autoscaler
 */
public record ScalingResult(ScalingScenario scenario, int seeds, List<Row> rows) {

  /** Copies the list. */
  public ScalingResult {
    rows = List.copyOf(rows);
  }

  /** What an autoscaler that is among them is worth. */
  ScalingScores scores(String autoscaler) {
    return rows.stream()
        .filter(row -> row.name().equals(autoscaler))
        .findFirst()
        .orElseThrow()
        .scores();
  }

  /**
   * An autoscaler.
   *
   * @param name of it
   * @param scores what it is worth
   */
  public record Row(String name, ScalingScores scores) {}
}
