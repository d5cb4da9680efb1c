package dev.snowshed.simulation.oracle;

import dev.snowshed.simulation.score.Outcome;
import java.util.List;

/**
 * The best fixed limits in hindsight. Immutable.
 *
 * @param limits of each function, by its index
 * @param outcomes of runs with them, by seed
 * @param phases what would have been best between two steps of the schedules; one entry where none
 *     steps
 */
public record Oracle(List<Integer> limits, List<Outcome> outcomes, List<Phase> phases) {
  /** Copies the lists. */
  public Oracle {
    limits = List.copyOf(limits);
    outcomes = List.copyOf(outcomes);
    phases = List.copyOf(phases);
  }

  /**
   * The time from one step of the schedules to the next.
   *
   * @param fromNanos when it begins
   * @param limits of each function
   */
  public record Phase(long fromNanos, List<Integer> limits) {}
}
