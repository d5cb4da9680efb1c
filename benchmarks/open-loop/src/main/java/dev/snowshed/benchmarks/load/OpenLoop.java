package dev.snowshed.benchmarks.load;

import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/**
 * Arrivals at the rate of a curve, whatever becomes of the requests before: what a crowd does. The
 * next arrival is where the area under the curve since the last one reaches the next gap, which is
 * 1 for even spacing, and exponential with mean 1 for a Poisson process.
 */
public final class OpenLoop implements Arrivals {
  private static final double NANOS = 1e9;

  private final RateCurve curve;
  private final DoubleSupplier gaps;
  private double seconds;
  private int bin;
  private long nextNanos;

  private OpenLoop(RateCurve curve, DoubleSupplier gaps) {
    this.curve = curve;
    this.gaps = gaps;
    take();
  }

  /** Evenly spaced wherever the rate does not change. */
  public static OpenLoop even(RateCurve curve) {
    return new OpenLoop(curve, () -> 1);
  }

  /**
   * A Poisson process.
   *
   * @param random the same seed gives the same arrivals
   */
  public static OpenLoop poisson(RateCurve curve, RandomGenerator random) {
    return new OpenLoop(curve, random::nextExponential);
  }

  @Override
  public long nextNanos() {
    return nextNanos;
  }

  @Override
  public void take() {
    double gap = gaps.getAsDouble();
    while (bin < curve.bins()) {
      double end = (bin + 1) * curve.binSeconds();
      double rate = curve.perSecond(bin);
      double area = rate * (end - seconds);
      if (gap <= area) {
        seconds += gap / rate;
        nextNanos = (long) (seconds * NANOS);
        return;
      }
      gap -= area;
      seconds = end;
      bin++;
    }
    nextNanos = NONE;
  }
}
