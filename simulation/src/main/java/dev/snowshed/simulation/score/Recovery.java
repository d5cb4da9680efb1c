package dev.snowshed.simulation.score;

import java.util.ArrayList;
import java.util.List;

/**
 * How long it takes after a step until a limit is as good as the oracle again.
 *
 * <p>Goodput is compared in bins of 500 ms, each the mean over the seeds, that of the limit with
 * that of the oracle, since the chance of a single run is larger than 5 %. Recovered is the start
 * of the first five bins in a row with at least 95 % each. What is not recovered when the next step
 * comes, or the scored part ends, counts as lasting until then. The slowest step counts.
 */
final class Recovery {
  private static final double ENOUGH = 0.95;
  private static final int BINS_IN_A_ROW = 5;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Frame frame;
  private final List<Outcome> outcomes;
  private final List<Outcome> oracle;

  private Recovery(Frame frame, List<Outcome> outcomes, List<Outcome> oracle) {
    this.frame = frame;
    this.outcomes = outcomes;
    this.oracle = oracle;
  }

  /**
   * Seconds, with the least and the most that come out if one of the seeds is left out. {@link
   * Interval#NONE} if there is no step in the scored part, or no scored function.
   */
  static Interval seconds(Frame frame, List<Outcome> outcomes, List<Outcome> oracle) {
    if (frame.scoredChanges().isEmpty() || frame.scoredFunctions().isEmpty()) {
      return Interval.NONE;
    }
    double all = new Recovery(frame, outcomes, oracle).slowest();
    double low = all;
    double high = all;
    for (int i = 0; i < outcomes.size() && outcomes.size() > 1; i++) {
      double others = new Recovery(frame, without(outcomes, i), without(oracle, i)).slowest();
      low = Math.min(low, others);
      high = Math.max(high, others);
    }
    return new Interval(all, low, high);
  }

  private static List<Outcome> without(List<Outcome> outcomes, int left) {
    List<Outcome> others = new ArrayList<>(outcomes);
    others.remove(left);
    return others;
  }

  private double slowest() {
    List<Long> steps = frame.scoredChanges();
    double slowest = 0;
    for (int i = 0; i < steps.size(); i++) {
      long end = i + 1 < steps.size() ? steps.get(i + 1) : frame.scenario().scoreUntilNanos();
      slowest = Math.max(slowest, recovery(steps.get(i), end) / NANOS_PER_SECOND);
    }
    return slowest;
  }

  private double recovery(long stepNanos, long endNanos) {
    int first = (int) ((stepNanos + Frame.BIN_NANOS - 1) / Frame.BIN_NANOS);
    int end = (int) (endNanos / Frame.BIN_NANOS);
    int inARow = 0;
    for (int bin = first; bin < end; bin++) {
      inARow = isEnough(bin) ? inARow + 1 : 0;
      if (inARow == BINS_IN_A_ROW) {
        return (bin + 1 - BINS_IN_A_ROW) * Frame.BIN_NANOS - stepNanos;
      }
    }
    return endNanos - stepNanos;
  }

  private boolean isEnough(int bin) {
    return sum(outcomes, bin) >= ENOUGH * sum(oracle, bin);
  }

  private static long sum(List<Outcome> outcomes, int bin) {
    return outcomes.stream().mapToLong(outcome -> outcome.goodInBin(bin)).sum();
  }
}
