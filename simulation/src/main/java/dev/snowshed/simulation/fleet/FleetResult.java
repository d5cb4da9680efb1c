package dev.snowshed.simulation.fleet;

import java.util.List;

/**
 * What a policy is worth in a scenario. Immutable.
 *
 * @param scenario what befell the fleet
 * @param policy how it was run
 * @param seeds of the runs
 * @param scores what that is worth
 */
public record FleetResult(
    FleetScenario scenario, Policy policy, List<Long> seeds, FleetScores scores) {

  /** Copies the list. */
  public FleetResult {
    seeds = List.copyOf(seeds);
  }
}
