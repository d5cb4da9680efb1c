package dev.snowshed.simulation.fleet;

import java.util.List;

/** What befalls a fleet. Immutable. */
public sealed interface Incident {
  /**
   * Processes end at once, with all that was in them, and are started again later.
   *
   * @param hosts which
   * @param atNanos when they end
   * @param backNanos when they are started again
   * @param silent whether their machine is gone too: who connects hears nothing, instead of being
   *     refused
   */
  record Death(List<Integer> hosts, long atNanos, long backNanos, boolean silent)
      implements Incident {}

  /**
   * Hosts turn slower.
   *
   * @param hosts which
   * @param factor how many times longer all computing takes
   * @param fromNanos since when
   * @param untilNanos until when
   */
  record Slow(List<Integer> hosts, double factor, long fromNanos, long untilNanos)
      implements Incident {}

  /**
   * The dependency that all hosts share fails.
   *
   * @param fromNanos since when
   * @param untilNanos until when
   * @param hangs whether calls of it hang until the deadline; else they fail within a millisecond
   */
  record DependencyFails(long fromNanos, long untilNanos, boolean hangs) implements Incident {}

  /**
   * All hosts have the same local fault: the collector takes most of the time.
   *
   * @param gcShare the share of the time that it takes
   * @param fromNanos since when
   * @param untilNanos until when
   */
  record MemorySpiral(double gcShare, long fromNanos, long untilNanos) implements Incident {}

  /**
   * All hosts are replaced, some at a time: the next ones when the last ones are up again.
   *
   * @param fromNanos when it begins
   * @param atOnce how many are replaced at a time
   */
  record Rolling(long fromNanos, int atOnce) implements Incident {}
}
