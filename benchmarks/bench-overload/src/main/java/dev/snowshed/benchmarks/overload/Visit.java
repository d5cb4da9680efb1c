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

  /**
   * CPU time of a call of the function, at the highest rate without refusals. NaN if there is none.
   */
  double servedCpuMicros() {
    return phases.stream()
        .filter(Phase::servedOnly)
        .max(Comparator.comparingDouble(Phase::factor))
        .map(Phase::cpuMicrosPerServed)
        .orElse(Double.NaN);
  }

  /**
   * CPU time of a refusal: what the target used more of in the phase with the most refusals than in
   * the one with the next most, less that of what it served more. What both used for whatever else
   * cancels out. NaN if it cannot be told.
   */
  double refusalCpuMicros() {
    double served = servedCpuMicros();
    List<Phase> most =
        phases.stream().sorted(Comparator.comparingLong(Phase::refusals).reversed()).toList();
    return Double.isNaN(served) || most.size() < 2
        ? Double.NaN
        : most.get(0).cpuMicrosPerRefusal(most.get(1), served);
  }
}
