package dev.snowshed.simulation.fleet;

import dev.snowshed.simulation.score.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a policy is worth in a scenario, over several seeds. Immutable.
 *
 * @param goodput requests answered in time, divided by those that could have been, from the
 *     incident to the end of the run
 * @param worst the same in the worst ten seconds in a row, all seeds together
 * @param smallestReadyShare of the hosts, as the balancer knew them, in any run
 * @param smallestAliveShare of the hosts that served, in any run
 * @param recoverySeconds the longest time from a change until, all seeds together, five seconds in
 *     a row bring at least 95 % of what could be served, and all later ones up to the next change
 *     do; with the least and the most that come out if a seed is left out
 * @param lost attempts of a run that heard nothing or found their connection refused or cut
 * @param homeless attempts of a run for which the balancer had no host
 * @param refusedShare attempts that a host refused, of all
 * @param amplification attempts for each request
 */
record FleetScores(
    Interval goodput,
    double worst,
    double smallestReadyShare,
    double smallestAliveShare,
    Interval recoverySeconds,
    Interval lost,
    Interval homeless,
    Interval refusedShare,
    Interval amplification) {
  private static final double ENOUGH = 0.95;
  private static final int RECOVERED_BINS = 5;
  private static final int WORST_BINS = 10;

  static FleetScores of(FleetScenario scenario, List<FleetOutcome> outcomes) {
    int from = bin(scenario.scoreFromNanos());
    int end = bin(scenario.durationNanos());
    return new FleetScores(
        interval(outcomes, each -> each.served(from, end) / each.possible(from, end)),
        worst(outcomes, from, end),
        outcomes.stream().mapToDouble(FleetOutcome::smallestReadyShare).min().orElseThrow(),
        outcomes.stream().mapToDouble(FleetOutcome::smallestAliveShare).min().orElseThrow(),
        recovery(scenario, outcomes),
        interval(outcomes, FleetOutcome::lost),
        interval(outcomes, FleetOutcome::homeless),
        interval(outcomes, each -> (double) each.refused() / each.attempts()),
        interval(outcomes, each -> (double) each.attempts() / each.requests()));
  }

  private static int bin(long nanos) {
    return (int) (nanos / FleetTally.BIN_NANOS);
  }

  private static Interval interval(
      List<FleetOutcome> outcomes, ToDoubleFunction<FleetOutcome> score) {
    return Interval.of(outcomes.stream().mapToDouble(score).toArray());
  }

  private static double worst(List<FleetOutcome> outcomes, int from, int end) {
    double worst = Double.MAX_VALUE;
    for (int bin = from; bin + WORST_BINS <= end; bin++) {
      worst = Math.min(worst, ratio(outcomes, bin, bin + WORST_BINS));
    }
    return worst;
  }

  private static double ratio(List<FleetOutcome> outcomes, int from, int until) {
    double possible = outcomes.stream().mapToDouble(each -> each.possible(from, until)).sum();
    double served = outcomes.stream().mapToDouble(each -> each.served(from, until)).sum();
    return possible == 0 ? 1 : served / possible;
  }

  private static Interval recovery(FleetScenario scenario, List<FleetOutcome> outcomes) {
    double all = slowest(scenario, outcomes);
    double low = all;
    double high = all;
    for (int i = 0; i < outcomes.size() && outcomes.size() > 1; i++) {
      List<FleetOutcome> others = new ArrayList<>(outcomes);
      others.remove(i);
      double without = slowest(scenario, others);
      low = Math.min(low, without);
      high = Math.max(high, without);
    }
    return new Interval(all, low, high);
  }

  private static double slowest(FleetScenario scenario, List<FleetOutcome> outcomes) {
    double slowest = 0;
    List<Long> changes = scenario.changes();
    for (int i = 0; i < changes.size(); i++) {
      long next = i + 1 < changes.size() ? changes.get(i + 1) : scenario.durationNanos();
      slowest = Math.max(slowest, recovery(outcomes, bin(changes.get(i)), bin(next)));
    }
    return slowest;
  }

  /** Seconds until no five in a row are bad any more. */
  private static double recovery(List<FleetOutcome> outcomes, int from, int end) {
    for (int bin = end - RECOVERED_BINS; bin >= from; bin--) {
      if (ratio(outcomes, bin, bin + RECOVERED_BINS) < ENOUGH) {
        return bin + RECOVERED_BINS >= end ? end - from : bin + 1.0 - from;
      }
    }
    return 0;
  }
}
