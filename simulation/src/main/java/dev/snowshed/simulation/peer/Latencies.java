package dev.snowshed.simulation.peer;

import java.util.Arrays;

/** The latencies of one window, for an exact quantile. The unit is the caller's. */
final class Latencies {
  private long[] values = new long[256];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  /**
   * The smallest value that is not below a share of all.
   *
   * @param share above 0, at most 1
   */
  long quantile(double share) {
    Arrays.sort(values, 0, size);
    return values[Math.max(0, (int) Math.ceil(share * size) - 1)];
  }

  long min() {
    return Arrays.stream(values, 0, size).min().orElse(0);
  }

  void clear() {
    size = 0;
  }
}
