package dev.snowshed.core.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Throughput by concurrency, from windows: their means in classes of concurrency a fifth of an
 * octave wide, and the law that describes them. Without state.
 */
final class Curve {
  private static final double PER_OCTAVE = 5;
  private static final double LEAST_CONCURRENCY = 0.05;
  private static final int CLASSES = 100;
  private static final double LEAST_ENDED = 20;
  private static final int LEAST_POINTS = 5;

  /** The law needs concurrencies this far apart: below it, contention looks like cost. */
  private static final double LEAST_RANGE = 3;

  /** How far the law may be from a point, as the root of the mean square, relative to it. */
  private static final double MOST_ERROR = 0.05;

  private Curve() {}

  static List<Point> of(List<Window> windows, String function) {
    double[][] sums = new double[CLASSES][3];
    for (Window window : windows) {
      Part part = window.part(function);
      double concurrency = part.inflight / window.seconds;
      if (part.ended > 0 && concurrency >= LEAST_CONCURRENCY) {
        double octaves = Math.log(concurrency / LEAST_CONCURRENCY) / Math.log(2);
        double[] sum = sums[Math.min(CLASSES - 1, (int) (PER_OCTAVE * octaves))];
        sum[0] += part.inflight;
        sum[1] += part.ended;
        sum[2] += window.seconds;
      }
    }
    return Arrays.stream(sums)
        .filter(sum -> sum[1] >= LEAST_ENDED)
        .map(sum -> new Point(sum[0] / sum[2], sum[1] / sum[2], sum[0] / sum[1] * 1e9))
        .toList();
  }

  /** The law with the least squares of relative errors of N ÷ X, which it makes linear. */
  static Fit fit(List<Point> curve, boolean isLimitKnown) {
    List<Point> points = new ArrayList<>(curve);
    points.removeIf(point -> point.concurrency() < 1);
    Fit otherwise = isLimitKnown ? Fit.KNEE : Fit.NONE;
    if (points.size() < LEAST_POINTS
        || points.getLast().concurrency() < LEAST_RANGE * points.getFirst().concurrency()) {
      return otherwise;
    }
    LeastSquares squares = new LeastSquares(3);
    for (Point point : points) {
      double n = point.concurrency();
      double weight = point.throughput() / n;
      squares.add(new double[] {weight, weight * (n - 1), weight * n * (n - 1)}, 1);
    }
    double[] found = squares.solve();
    boolean fits = found[0] > 0 && Math.sqrt(squares.residualVariance(found)) <= MOST_ERROR;
    return fits
        ? new Fit(Fit.Kind.USL, 1 / found[0], found[1] / found[0], found[2] / found[0])
        : otherwise;
  }
}
