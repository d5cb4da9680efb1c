package dev.snowshed.simulation.report;

import dev.snowshed.simulation.oracle.Oracle;
import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.score.Scores;
import java.util.List;

/**
 * What the limits are worth in one scenario. Immutable.
 *
 * @param scenario what was played
 * @param oracle what they are measured against
 * @param rows a limit each
 */
public record Result(Scenario scenario, Oracle oracle, List<Row> rows) {
  /** Copies the rows. */
  public Result {
    rows = List.copyOf(rows);
  }

  /**
   * One limit.
   *
   * @param limit its name
   * @param scores what it is worth
   */
  public record Row(String limit, Scores scores) {}
}
