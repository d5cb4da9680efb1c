package dev.snowshed.simulation.score;

import java.util.Arrays;

/**
 * A mean and where it lies with 95 % confidence. Immutable.
 *
 * @param mean NaN if the score does not apply
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double mean, double low, double high) {
  /** Of a score that does not apply. */
  public static final Interval NONE = new Interval(Double.NaN, Double.NaN, Double.NaN);

  /** Student's t, two-sided 95 %, for 1 to 30 degrees of freedom. */
  private static final double[] STUDENT = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042
  };

  private static final double NORMAL = 1.95996;

  /**
   * The mean of independent samples, and its interval by Student's t distribution. One sample has
   * an interval of no width: it says nothing about the spread.
   *
   * @param samples NaN where one does not apply; those are left out
   */
  public static Interval of(double... samples) {
    double[] values = Arrays.stream(samples).filter(value -> !Double.isNaN(value)).toArray();
    int n = values.length;
    if (n == 0) {
      return NONE;
    }
    double mean = Arrays.stream(values).sum() / n;
    if (n == 1) {
      return new Interval(mean, mean, mean);
    }
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    double half = student(n - 1) * Math.sqrt(squares / (n - 1) / n);
    return new Interval(mean, mean - half, mean + half);
  }

  /** Above 30 degrees of freedom the first term of the expansion is right to three digits. */
  static double student(int degrees) {
    return degrees <= STUDENT.length
        ? STUDENT[degrees - 1]
        : NORMAL + (Math.pow(NORMAL, 3) + NORMAL) / (4.0 * degrees);
  }

  /** Whether the score applies. */
  public boolean applies() {
    return !Double.isNaN(mean);
  }

  /** Half of the width. */
  public double half() {
    return (high - low) / 2;
  }
}
