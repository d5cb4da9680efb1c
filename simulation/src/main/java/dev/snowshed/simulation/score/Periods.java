package dev.snowshed.simulation.score;

import java.util.Arrays;

/** Periods of time that do not overlap, in rising order: each from its start up to its end. */
final class Periods {
  private long[] starts = new long[8];
  private long[] ends = new long[8];
  private int size;

  /** Adds a period that does not start before the end of the last one; joins them if they meet. */
  void add(long startNanos, long endNanos) {
    if (endNanos <= startNanos) {
      return;
    }
    if (size > 0 && ends[size - 1] == startNanos) {
      ends[size - 1] = endNanos;
      return;
    }
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    starts[size] = startNanos;
    ends[size++] = endNanos;
  }

  boolean contains(long nanos) {
    int place = Arrays.binarySearch(starts, 0, size, nanos);
    int before = place >= 0 ? place : -place - 2;
    return before >= 0 && nanos < ends[before];
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The longest time in a part of time that is in none of them. */
  long longestGapNanos(long fromNanos, long untilNanos) {
    long longest = 0;
    long end = fromNanos;
    for (int i = 0; i < size; i++) {
      longest = Math.max(longest, Math.min(starts[i], untilNanos) - end);
      end = Math.max(end, ends[i]);
    }
    return Math.max(longest, untilNanos - end);
  }

  /** What of these lies in a part of time. */
  Periods within(long fromNanos, long untilNanos) {
    Periods inside = new Periods();
    for (int i = 0; i < size; i++) {
      inside.add(Math.max(starts[i], fromNanos), Math.min(ends[i], untilNanos));
    }
    return inside;
  }
}
