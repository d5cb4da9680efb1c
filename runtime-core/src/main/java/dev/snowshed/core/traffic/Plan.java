package dev.snowshed.core.traffic;

import java.util.List;

/**
 * What a peak takes. Immutable.
 *
 * @param instances hosts that carry it
 * @param instancesIfOneZoneIsLost hosts, as many in each zone, of which those left still carry it
 *     when any one zone is gone: the reservation to make; with one zone the same as {@code
 *     instances}
 * @param perZone of these in each zone
 * @param hostUtilization how full each of {@code instances} is then, from 0 to 1
 * @param utilizationIfOneZoneIsLost how full those are that are left of {@code
 *     instancesIfOneZoneIsLost}
 * @param functions every function of the mix
 */
public record Plan(
    int instances,
    int instancesIfOneZoneIsLost,
    int perZone,
    double hostUtilization,
    double utilizationIfOneZoneIsLost,
    List<FunctionPlan> functions) {

  /** Copies the list. */
  public Plan {
    functions = List.copyOf(functions);
  }

  /**
   * A function's part.
   *
   * @param function its name
   * @param perSecond what is asked of it, over all hosts
   * @param perSecondPerInstance the same of one of {@code instances}
   * @param hostShare share of a host's capacity that this takes
   * @param instancesAlone hosts it would take were it alone on them
   * @param limit requests in flight that a host should allow it: its safe concurrency, which it may
   *     need alone when the others are silent
   * @param expectedConcurrency how many will be in flight on each of {@code instances}
   */
  public record FunctionPlan(
      String function,
      double perSecond,
      double perSecondPerInstance,
      double hostShare,
      int instancesAlone,
      int limit,
      double expectedConcurrency) {}
}
