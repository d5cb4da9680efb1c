package dev.snowshed.core.traffic;

import java.util.List;

/**
 * Since when a function's requests cost what they cost now. A change is found by comparing the last
 * windows, few and many, with those before: by processor time where one function alone can have
 * used it, else by run time. Not safe for concurrent use.
 */
final class Regime {
  private static final int[] LATEST = {1, 2, 3, 6, 12, 24, 48};
  private static final int LEAST_BEFORE = 4;

  /** For a single window, of which there are most. */
  private static final double STRICT = 6;

  private static final double CLEAR = 4.5;
  private static final double DOUBTFUL = 3;
  private static final double LEAST_CHANGE = 0.08;
  private static final int DOUBTED = 2;

  /** The mean of fewer is too skewed for a test that takes it for normal. */
  private static final double LEAST_COUNT = 50;

  private long fromNanos = Long.MIN_VALUE;
  private boolean changed;
  private boolean doubtful;

  /** When the present cost began to hold; {@link Long#MIN_VALUE} if no change was seen. */
  long fromNanos() {
    return fromNanos;
  }

  boolean hasChanged() {
    return changed;
  }

  /** Whether the last windows look different, but not clearly so. */
  boolean isDoubtful() {
    return doubtful;
  }

  /**
   * Looks at the windows again.
   *
   * @param windows of the regime, oldest first, that have requests of the function
   */
  void look(List<Window> windows, Signal signal) {
    doubtful = false;
    for (int count : LATEST) {
      int split = windows.size() - count;
      if (split < LEAST_BEFORE) {
        return;
      }
      Ratio before = signal.of(0, split);
      Ratio latest = signal.of(split, windows.size());
      if (latest.count() < LEAST_COUNT) {
        continue;
      }
      double distance = latest.distance(before);
      boolean differs = latest.change(before) > LEAST_CHANGE;
      if (differs && distance > (count == 1 ? STRICT : CLEAR)) {
        // the first of them may have seen the change
        fromNanos = windows.get(split).toNanos;
        changed = true;
        return;
      }
      doubtful |= differs && count <= DOUBTED && distance > DOUBTFUL;
    }
  }

  /** What is compared. Immutable. */
  static final class Signal {
    private final double[] tops;
    private final double[] bottoms;
    private final double variance;

    /**
     * A signal.
     *
     * @param tops in each window what stands above the line
     * @param bottoms and below it
     * @param variance that each one below adds, relative to the square of the ratio
     */
    Signal(double[] tops, double[] bottoms, double variance) {
      this.tops = tops;
      this.bottoms = bottoms;
      this.variance = variance;
    }

    private Ratio of(int from, int to) {
      return Ratio.of(tops, bottoms, from, to, variance);
    }
  }
}
