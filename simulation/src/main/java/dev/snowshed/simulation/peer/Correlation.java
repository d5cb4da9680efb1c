package dev.snowshed.simulation.peer;

/**
 * Pearson's correlation of the last pairs of two positive series. Fewer than {@value #WARMUP}
 * pairs, or series that vary by less than 1 %, tell nothing.
 */
final class Correlation {
  private static final int WARMUP = 10;
  private static final double MIN_VARIATION = 0.01;

  private final double[] xs;
  private final double[] ys;
  private int size;
  private int next;

  private double coefficient;
  private double variationY;

  Correlation(int capacity) {
    this.xs = new double[capacity];
    this.ys = new double[capacity];
  }

  /** Adds a pair, in place of the oldest if there are as many as fit. */
  void add(double x, double y) {
    xs[next] = x;
    ys[next] = y;
    next = (next + 1) % xs.length;
    size = Math.min(size + 1, xs.length);
    coefficient = 0;
    variationY = 0;
    if (size >= WARMUP) {
      evaluate();
    }
  }

  private void evaluate() {
    double meanX = mean(xs);
    double meanY = mean(ys);
    double deviationX = Math.sqrt(covariance(xs, meanX, xs, meanX));
    double deviationY = Math.sqrt(covariance(ys, meanY, ys, meanY));
    variationY = deviationY / meanY;
    if (deviationX / meanX >= MIN_VARIATION && variationY >= MIN_VARIATION) {
      coefficient = covariance(xs, meanX, ys, meanY) / (deviationX * deviationY);
    }
  }

  private double mean(double[] values) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += values[i];
    }
    return sum / size;
  }

  private double covariance(double[] as, double meanA, double[] bs, double meanB) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += (as[i] - meanA) * (bs[i] - meanB);
    }
    return sum / size;
  }

  /** −1 to 1; 0 if nothing can be told. */
  double coefficient() {
    return coefficient;
  }

  /** The standard deviation of the second series ÷ its mean; 0 if nothing can be told. */
  double variationY() {
    return variationY;
  }
}
