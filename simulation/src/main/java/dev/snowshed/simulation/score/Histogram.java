package dev.snowshed.simulation.score;

/**
 * How often durations occurred, in log-spaced bins: a quantile is right within 0.2 %. Durations
 * from 1 ns to 4.8 hours; what lies beyond counts as the end it is nearer to. Not safe for
 * concurrent use.
 */
final class Histogram {
  /**
   * 256 bins for each doubling: the exponent and the 8 leading bits of the fraction of a double.
   */
  private static final int SHIFT = Double.PRECISION - 1 - 8;

  private static final int FIRST = Double.MAX_EXPONENT << 8;
  private static final int BINS = 44 << 8;

  private final int[] counts = new int[BINS];
  private long total;

  void add(double nanos) {
    int bin = (int) (Double.doubleToRawLongBits(Math.max(1, nanos)) >>> SHIFT) - FIRST;
    counts[Math.min(bin, BINS - 1)]++;
    total++;
  }

  /**
   * A duration that the given share does not exceed.
   *
   * @param share above 0, at most 1
   * @return nanoseconds; NaN if nothing was added
   */
  double quantile(double share) {
    long left = (long) Math.ceil(share * total);
    for (int bin = 0; bin < BINS && total > 0; bin++) {
      left -= counts[bin];
      if (left <= 0) {
        return middle(bin);
      }
    }
    return Double.NaN;
  }

  private static double middle(int bin) {
    long low = (long) (bin + FIRST) << SHIFT;
    return Double.longBitsToDouble(low | 1L << (SHIFT - 1));
  }
}
