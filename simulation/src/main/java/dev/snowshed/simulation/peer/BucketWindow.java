package dev.snowshed.simulation.peer;

import java.util.Arrays;

/** Counts and sums in buckets of equal time, of which the last ones are kept. */
final class BucketWindow {
  private final long bucketNanos;
  private final long[] index;
  private final long[] counts;
  private final long[] sums;

  BucketWindow(int buckets, long bucketNanos) {
    this.bucketNanos = bucketNanos;
    this.index = new long[buckets];
    this.counts = new long[buckets];
    this.sums = new long[buckets];
    Arrays.fill(index, Long.MIN_VALUE);
  }

  void add(long value, long nowNanos) {
    long bucket = nowNanos / bucketNanos;
    int slot = (int) (bucket % index.length);
    if (index[slot] != bucket) {
      index[slot] = bucket;
      counts[slot] = 0;
      sums[slot] = 0;
    }
    counts[slot]++;
    sums[slot] += value;
  }

  /** The highest count of a full bucket; 0 if there is none. */
  long maxCount(long nowNanos) {
    long max = 0;
    for (int slot = 0; slot < index.length; slot++) {
      if (isFull(slot, nowNanos)) {
        max = Math.max(max, counts[slot]);
      }
    }
    return max;
  }

  /** The lowest mean of a full bucket; infinite if there is none. */
  double minMean(long nowNanos) {
    double min = Double.POSITIVE_INFINITY;
    for (int slot = 0; slot < index.length; slot++) {
      if (isFull(slot, nowNanos)) {
        min = Math.min(min, (double) sums[slot] / counts[slot]);
      }
    }
    return min;
  }

  private boolean isFull(int slot, long nowNanos) {
    long age = nowNanos / bucketNanos - index[slot];
    return index[slot] != Long.MIN_VALUE && age > 0 && age < index.length;
  }
}
