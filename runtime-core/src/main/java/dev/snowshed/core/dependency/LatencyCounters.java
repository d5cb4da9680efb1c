package dev.snowshed.core.dependency;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts durations by size, for quantiles. Buckets grow by a fourth of an octave from 1 µs to 18
 * minutes, so that a quantile is right within a fourth. Safe for concurrent use; counts only grow.
 */
final class LatencyCounters {
  private static final int FIRST_OCTAVE = 10;
  private static final int LAST_OCTAVE = 40;
  static final int BUCKETS = 4 * (LAST_OCTAVE - FIRST_OCTAVE);

  private final LongAdder[] buckets = new LongAdder[BUCKETS];

  LatencyCounters() {
    for (int i = 0; i < BUCKETS; i++) {
      buckets[i] = new LongAdder();
    }
  }

  void add(long nanos) {
    buckets[bucket(nanos)].increment();
  }

  /** Copies the counts to {@code target}, from {@code at} on. */
  void copy(long[] target, int at) {
    for (int i = 0; i < BUCKETS; i++) {
      target[at + i] = buckets[i].sum();
    }
  }

  static int bucket(long nanos) {
    if (nanos < 1L << FIRST_OCTAVE) {
      return 0;
    }
    int octave = 63 - Long.numberOfLeadingZeros(nanos);
    int quarter = (int) (nanos >>> (octave - 2)) & 3;
    return Math.min(BUCKETS - 1, 4 * (octave - FIRST_OCTAVE) + quarter);
  }

  static long upperEnd(int bucket) {
    int octave = FIRST_OCTAVE + bucket / 4;
    return (5L + bucket % 4) << (octave - 2);
  }
}
