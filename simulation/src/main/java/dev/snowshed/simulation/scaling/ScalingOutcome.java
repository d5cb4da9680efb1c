package dev.snowshed.simulation.scaling;

import dev.snowshed.simulation.fleet.FleetOutcome;
import java.util.Arrays;

/**
 * What came out of one run, in its scored part. The arrays are not copied; nobody changes them.
 *
 * @param served requests answered in time, in each second
 * @param wanted requests that clients had, in each second
 * @param paid instances, in each second
 */
@SuppressWarnings("ArrayRecordComponent")
record ScalingOutcome(double[] served, double[] wanted, int[] paid) {
  /** Seconds over which goodput is compared with its target. */
  private static final int BIN_SECONDS = 10;

  /** Below this share of the demand, a bin is below target. */
  static final double TARGET = 0.98;

  static ScalingOutcome of(FleetOutcome outcome, int[] paid, ScalingScenario scenario) {
    int from = ScalingScenarios.SETTLED_SECONDS;
    int end = (int) (scenario.host().durationNanos() / 1_000_000_000);
    return new ScalingOutcome(
        Arrays.copyOfRange(outcome.served(), from, end),
        Arrays.copyOfRange(outcome.wanted(), from, end),
        Arrays.copyOfRange(paid, from, end));
  }

  /** Answers in time by requests, over all. */
  double goodput() {
    return goodput(0, served.length);
  }

  /** Answers in time by requests, in some of the seconds; 1 if nothing was wanted. */
  double goodput(int from, int until) {
    double all = sum(wanted, from, until);
    return all == 0 ? 1 : sum(served, from, until) / all;
  }

  double instanceHours() {
    return Arrays.stream(paid).sum() / 3600.0;
  }

  int mostInstances() {
    return Arrays.stream(paid).max().orElse(0);
  }

  /** Seconds in bins of ten with less than {@link #TARGET}. */
  double secondsBelowTarget() {
    double seconds = 0;
    for (int bin = 0; bin + BIN_SECONDS <= served.length; bin += BIN_SECONDS) {
      seconds += goodput(bin, bin + BIN_SECONDS) < TARGET ? BIN_SECONDS : 0;
    }
    return seconds;
  }

  private static double sum(double[] bins, int from, int until) {
    double sum = 0;
    for (int bin = from; bin < Math.min(until, bins.length); bin++) {
      sum += bins[bin];
    }
    return sum;
  }
}
