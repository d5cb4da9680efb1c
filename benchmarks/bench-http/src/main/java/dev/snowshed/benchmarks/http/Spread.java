package dev.snowshed.benchmarks.http;

import java.util.Arrays;
import java.util.List;

/**
 * The middle and the ends of some figures. Immutable.
 *
 * @param median the middle one, or the mean of the middle two
 * @param min the smallest
 * @param max the largest
 * @param samples all, in the order measured
 */
public record Spread(double median, double min, double max, List<Double> samples) {

  /**
   * Sums up.
   *
   * @param samples at least one
   */
  public static Spread of(double... samples) {
    if (samples.length == 0) {
      throw new IllegalArgumentException("a spread needs a sample");
    }
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(
        median, sorted[0], sorted[sorted.length - 1], Arrays.stream(samples).boxed().toList());
  }
}
