package dev.snowshed.benchmarks.overload;

import java.util.Comparator;
import java.util.List;

/**
 * What one start of one target did with one function. Immutable.
 *
 * @param capacityPerSecond its own, as found before the phases
 * @param plainCpuMicros CPU time per call of the cheapest function
 * @param phases in the order of the factors; one if a trace was replayed
 * @param reachablePerSecond of a trace, the mean rate of its part below the capacity; else the
 *     highest goodput of the search and of all phases
 */
record Visit(
    double capacityPerSecond,
    double plainCpuMicros,
    List<Phase> phases,
    double reachablePerSecond) {

  /** Goodput as a share of what is reachable. */
  double goodputRatio(Phase phase) {
    return phase.goodputPerSecond() / reachablePerSecond;
  }

  /** CPU time of a refusal in the phase with the highest factor; NaN if it cannot be told. */
  double refusalCpuMicros() {
    return phases.stream()
        .filter(Phase::servedOnly)
        .max(Comparator.comparingDouble(Phase::factor))
        .map(calm -> highest().cpuMicrosPerRefusal(calm.cpuMicrosPerServed()))
        .orElse(Double.NaN);
  }

  private Phase highest() {
    return phases.stream().max(Comparator.comparingDouble(Phase::factor)).orElseThrow();
  }
}
