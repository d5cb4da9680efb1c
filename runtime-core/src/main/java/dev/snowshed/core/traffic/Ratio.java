package dev.snowshed.core.traffic;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The ratio of two sums over windows, such as processor time to requests, with its standard error
 * from how the windows scatter around it (Cochran, Sampling Techniques, 1977, ratio estimates).
 * Immutable.
 *
 * @param value the ratio; 0 if the denominator is
 * @param error its standard error, relative to it
 * @param drift how much it differs between the first and the second half, by the number in the
 *     denominator, relative to it
 * @param count the denominator
 * @param windows how many windows it rests on
 */
record Ratio(double value, double error, double drift, double count, int windows) {

  /**
   * The ratio over windows, oldest first.
   *
   * @param leastVariance that each one in the denominator adds, relative to the square of the
   *     value: what the scatter of few windows may hide
   */
  static Ratio of(
      List<Window> windows,
      ToDoubleFunction<Window> numerator,
      ToDoubleFunction<Window> denominator,
      double leastVariance) {
    return of(
        windows.stream().mapToDouble(numerator).toArray(),
        windows.stream().mapToDouble(denominator).toArray(),
        0,
        windows.size(),
        leastVariance);
  }

  /** The same of a part of what stands above and below the line in each window. */
  static Ratio of(double[] tops, double[] bottoms, int from, int to, double leastVariance) {
    double top = 0;
    double bottom = 0;
    int used = 0;
    for (int i = from; i < to; i++) {
      if (bottoms[i] > 0) {
        top += tops[i];
        bottom += bottoms[i];
        used++;
      }
    }
    if (!(bottom > 0 && top > 0)) {
      return new Ratio(0, Double.POSITIVE_INFINITY, 0, Math.max(0, bottom), used);
    }
    double value = top / bottom;
    double squares = 0;
    double firstTop = 0;
    double firstBottom = 0;
    for (int i = from; i < to; i++) {
      if (bottoms[i] > 0) {
        double rest = tops[i] - value * bottoms[i];
        squares += rest * rest;
        boolean isFirst = firstBottom < bottom / 2;
        firstTop += isFirst ? tops[i] : 0;
        firstBottom += isFirst ? bottoms[i] : 0;
      }
    }
    double scatter = squares / (bottom * bottom) / (value * value) * used / Math.max(1, used - 1);
    double error = Math.sqrt(Math.max(scatter, leastVariance / bottom));
    return new Ratio(value, error, drift(value, top, bottom, firstTop, firstBottom), bottom, used);
  }

  private static double drift(
      double value, double top, double bottom, double firstTop, double firstBottom) {
    if (firstBottom >= bottom) {
      return 0;
    }
    double first = firstTop / firstBottom;
    double second = (top - firstTop) / (bottom - firstBottom);
    return Math.abs(second - first) / value;
  }

  /** How many standard errors it differs from another one of the same. */
  double distance(Ratio other) {
    double error = Math.hypot(this.error * value, other.error * other.value);
    return error == 0 ? 0 : Math.abs(value - other.value) / error;
  }

  /** How much it differs from another one of the same, relative to that. */
  double change(Ratio other) {
    return other.value == 0 ? 0 : Math.abs(value / other.value - 1);
  }
}
