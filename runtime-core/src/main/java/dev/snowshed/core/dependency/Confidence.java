package dev.snowshed.core.dependency;

/**
 * How far a bound of a share lies from what was seen, in standard deviations. Each bound that is
 * drawn so fails with probability {@code alpha} at most.
 *
 * @param alpha above 0 and below 0.5
 * @param anyTime whether that holds however often one looks while evidence grows, and not only for
 *     one look at a number of calls chosen beforehand
 */
public record Confidence(double alpha, boolean anyTime) {
  /**
   * Where the boundary for all times is tightest: at about eight times as many calls. A drill of
   * some hundred calls, or the first minute of an outage, should settle the matter.
   */
  private static final double TIGHTEST = 16;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is out of it
   */
  public Confidence {
    if (!(alpha > 0 && alpha < 0.5)) {
      throw new IllegalArgumentException("alpha must be above 0 and below 0.5, was " + alpha);
    }
  }

  /** The least number of calls all of which ended one way, if that happens by this share. */
  long least(double share) {
    return (long) Math.ceil(Math.log(alpha) / Math.log(share));
  }

  Confidence with(double otherAlpha) {
    return new Confidence(otherAlpha, anyTime);
  }

  /**
   * Standard deviations.
   *
   * @param calls how many were seen; above 0
   */
  double deviations(double calls) {
    return anyTime ? boundary(calls) : normalQuantile(1 - alpha);
  }

  /**
   * The one-sided normal mixture boundary, which a random walk ever crosses with probability alpha
   * (Howard, Ramdas, McAuliffe, Sekhon: Time-uniform, nonparametric, nonasymptotic confidence
   * sequences, 2021).
   */
  private double boundary(double calls) {
    double spread = calls + TIGHTEST;
    double log = Math.log1p(Math.sqrt(spread / TIGHTEST) / (2 * alpha));
    return Math.sqrt(2 * spread / calls * log);
  }

  /** Abramowitz and Stegun 26.2.23, right within 0.00045; for {@code share} above 0.5. */
  private static double normalQuantile(double share) {
    double t = Math.sqrt(-2 * Math.log(1 - share));
    double above = 2.515517 + t * (0.802853 + t * 0.010328);
    double below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    return t - above / below;
  }
}
