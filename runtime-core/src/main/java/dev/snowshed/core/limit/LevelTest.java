package dev.snowshed.core.limit;

import dev.snowshed.core.stats.Moments;

/**
 * Whether run time follows concurrency: a sequential probability ratio test (Wald, 1945) between
 * two levels.
 *
 * <p>With n requests inside, a bottleneck that is full gives each a run time of n ÷ throughput, and
 * one that is not gives all the same. The elasticity ε = ln(r₂ ÷ r₁) ÷ ln(n₂ ÷ n₁) of the mean run
 * times r at the levels n is 1 in the first case and 0 in the second, whatever the unit, the
 * function and the time of day: there is no baseline that could drift. With standard error s, the
 * logarithm of the odds between the two is (ε − ½) ÷ s².
 */
final class LevelTest {
  /** Odds of 20 to 1, the usual 5 % of error. */
  private static final double DECIDED = Math.log(20);

  /** Below so many runs at a level its variance is not known. */
  private static final int LEAST_RUNS = 8;

  enum Verdict {
    FLAT,
    SATURATED,
    UNDECIDED
  }

  private LevelTest() {}

  /**
   * Compares two levels.
   *
   * @param lowLevel the concurrency at which {@code low} ran; above 0
   * @param low run times there
   * @param highLevel a higher concurrency
   * @param high run times there
   */
  static Verdict verdict(double lowLevel, Moments low, double highLevel, Moments high) {
    if (low.count() < LEAST_RUNS || high.count() < LEAST_RUNS || highLevel <= lowLevel) {
      return Verdict.UNDECIDED;
    }
    double lever = Math.log(highLevel / lowLevel);
    double elasticity = Math.log(high.mean() / low.mean()) / lever;
    double error = (relativeError(low) + relativeError(high)) / (lever * lever);
    double odds = (elasticity - 0.5) / Math.max(error, 1e-6);
    if (odds > DECIDED) {
      return Verdict.SATURATED;
    }
    return odds < -DECIDED ? Verdict.FLAT : Verdict.UNDECIDED;
  }

  /** The squared relative standard error of a mean. */
  private static double relativeError(Moments runs) {
    return runs.variance() / (runs.mean() * runs.mean() * runs.count());
  }
}
