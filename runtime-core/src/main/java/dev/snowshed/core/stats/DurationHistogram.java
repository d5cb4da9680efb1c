package dev.snowshed.core.stats;

/**
 * How durations are distributed, with recent ones weighing more. Buckets grow by a fourth of an
 * octave from 1 µs to 20 minutes, so that a quantile is right within a fifth. Whenever the weight
 * reaches {@code capacity}, all of it is halved. Not safe for concurrent use.
 */
public final class DurationHistogram {
  private static final double SMALLEST = 1_000;
  private static final int PER_OCTAVE = 4;
  private static final int BUCKETS = 1 + PER_OCTAVE * 30;

  private final double capacity;
  private final double[] weights = new double[BUCKETS];
  private double total;
  private double sum;

  /**
   * An empty histogram.
   *
   * @param capacity how many values it remembers, about; above 1
   */
  public DurationHistogram(int capacity) {
    this.capacity = capacity;
  }

  /** Counts a duration in nanoseconds; below 0, and what is no number, counts as 0. */
  public void record(double nanos) {
    double value = nanos > 0 ? nanos : 0;
    if (total >= capacity) {
      forgetHalf();
    }
    weights[bucket(value)]++;
    total++;
    sum += value;
  }

  /** The mean in nanoseconds; 0 if nothing was recorded. */
  public double mean() {
    return total == 0 ? 0 : sum / total;
  }

  /** How many values count, those that are half forgotten by half. */
  public double count() {
    return total;
  }

  /**
   * A quantile, rounded up to its bucket's end.
   *
   * @param share which, from 0 to 1
   * @return nanoseconds; 0 if nothing was recorded
   */
  public double quantile(double share) {
    double left = share * total;
    for (int i = 0; i < BUCKETS; i++) {
      left -= weights[i];
      if (left < 0) {
        return upperEnd(i);
      }
    }
    return total == 0 ? 0 : upperEnd(highest());
  }

  private int highest() {
    int at = BUCKETS - 1;
    while (at > 0 && weights[at] == 0) {
      at--;
    }
    return at;
  }

  private void forgetHalf() {
    for (int i = 0; i < BUCKETS; i++) {
      weights[i] /= 2;
    }
    total /= 2;
    sum /= 2;
  }

  private static int bucket(double nanos) {
    if (nanos <= SMALLEST) {
      return 0;
    }
    double octaves = Math.log(nanos / SMALLEST) / Math.log(2);
    return Math.min(BUCKETS - 1, (int) Math.ceil(PER_OCTAVE * octaves));
  }

  private static double upperEnd(int bucket) {
    return SMALLEST * Math.pow(2, (double) bucket / PER_OCTAVE);
  }
}
