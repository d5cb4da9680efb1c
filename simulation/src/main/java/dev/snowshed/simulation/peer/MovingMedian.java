package dev.snowshed.simulation.peer;

import java.util.Arrays;

/** The median of the last {@value #SIZE} values; the last value itself until there are as many. */
final class MovingMedian {
  private static final int SIZE = 5;

  private final double[] values = new double[SIZE];
  private int count;

  /** Adds a value and returns the median. */
  double add(double added) {
    values[count++ % SIZE] = added;
    if (count < SIZE) {
      return added;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[SIZE / 2];
  }
}
