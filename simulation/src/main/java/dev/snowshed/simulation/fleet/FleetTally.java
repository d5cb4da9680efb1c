package dev.snowshed.simulation.fleet;

import java.util.Arrays;

/** Counts what happens in one run. Not safe for concurrent use. */
public final class FleetTally {
  /** Width of the bins in which goodput is followed over time. */
  public static final long BIN_NANOS = 1_000_000_000;

  private final long scoreFromNanos;
  private final double[] served;
  private final double[] wanted;
  private final double[] capacity;
  private double smallestReadyShare = 1;
  private double smallestAliveShare = 1;
  private long requests;
  private long attempts;
  private long lost;
  private long homeless;
  private long refused;

  /** Counts for a scenario. */
  public FleetTally(FleetScenario scenario) {
    this.scoreFromNanos = scenario.scoreFromNanos();
    int bins = (int) (scenario.durationNanos() / BIN_NANOS) + 1;
    this.served = new double[bins];
    this.wanted = new double[bins];
    this.capacity = new double[bins];
  }

  private boolean isScored(long nowNanos) {
    return nowNanos >= scoreFromNanos;
  }

  private static int bin(long nowNanos) {
    return (int) (nowNanos / BIN_NANOS);
  }

  /**
   * A client has a request.
   *
   * @param servable whether the dependency that it needs, if any, is well
   */
  void requested(boolean servable, long nowNanos) {
    requests += isScored(nowNanos) ? 1 : 0;
    wanted[bin(nowNanos)] += servable ? 1 : 0;
  }

  void attempted(long nowNanos) {
    attempts += isScored(nowNanos) ? 1 : 0;
  }

  /** A client has got its answer in time. */
  void served(long nowNanos) {
    served[bin(nowNanos)]++;
  }

  /** A client hears nothing, or finds its connection refused or cut. */
  void lost(long nowNanos) {
    lost += isScored(nowNanos) ? 1 : 0;
  }

  /** The balancer has no host for an attempt. */
  void homeless(long nowNanos) {
    homeless += isScored(nowNanos) ? 1 : 0;
  }

  void refused(long nowNanos) {
    refused += isScored(nowNanos) ? 1 : 0;
  }

  /**
   * The state of the fleet.
   *
   * @param more requests that the hosts which are left could have computed since the last sample
   * @param readyShare of its hosts, as the balancer knows them
   * @param aliveShare of its hosts that serve and are not on their way out
   */
  void sampled(long nowNanos, double more, double readyShare, double aliveShare) {
    capacity[bin(nowNanos - 1)] += more;
    if (isScored(nowNanos)) {
      smallestReadyShare = Math.min(smallestReadyShare, readyShare);
      smallestAliveShare = Math.min(smallestAliveShare, aliveShare);
    }
  }

  /** What came of the run. */
  public FleetOutcome outcome() {
    double[] possible = new double[served.length];
    Arrays.setAll(possible, bin -> Math.min(wanted[bin], capacity[bin]));
    return new FleetOutcome(
        served,
        wanted,
        possible,
        smallestReadyShare,
        smallestAliveShare,
        requests,
        attempts,
        lost,
        homeless,
        refused);
  }
}
