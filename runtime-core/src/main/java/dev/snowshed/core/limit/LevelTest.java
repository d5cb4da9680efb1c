package dev.snowshed.core.limit;

/**
 * Whether throughput follows concurrency: a sequential probability ratio test (Wald, 1945) between
 * two levels.
 *
 * <p>While requests wait for the limit, n are in flight all the time and x complete per second. The
 * elasticity ε = ln(x₂ ÷ x₁) ÷ ln(n₂ ÷ n₁) is 1 where nothing is full, since each then takes as
 * long as before, and 0 where something is, since it gives no more than it has, whatever the unit,
 * the function and the time of day: there is no baseline that could drift. k completions tell a
 * throughput with the relative variance c² ÷ k, where c is the coefficient of variation of run
 * times; with that standard error s of ε, the logarithm of the odds between the two is (½ − ε) ÷
 * s².
 */
final class LevelTest {
  /** Odds of 20 to 1, the usual 5 % of error. */
  private static final double DECIDED = Math.log(20);

  private static final double LEAST_LEVER = 1e-3;

  enum Verdict {
    FLAT,
    SATURATED,
    /** The lower level is slower: what was found there no longer holds. */
    CHANGED,
    UNDECIDED
  }

  private LevelTest() {}

  /** Compares two levels, of which the second is higher. */
  static Verdict verdict(Level low, Level high) {
    double lever = Math.log(high.inflight() / low.inflight());
    if (!(lever > LEAST_LEVER)) {
      return Verdict.UNDECIDED;
    }
    double elasticity = Math.log(high.runNanos() / low.runNanos()) / lever;
    double error = (low.relativeError() + high.relativeError()) / (lever * lever);
    if (elasticity < -0.5 && (-elasticity - 0.5) / error > DECIDED) {
      return Verdict.CHANGED;
    }
    double odds = (elasticity - 0.5) / error;
    if (odds > DECIDED) {
      return Verdict.SATURATED;
    }
    return odds < -DECIDED ? Verdict.FLAT : Verdict.UNDECIDED;
  }

  /** At which level the throughput of the second would have the run time of the first. */
  static double knee(Level low, Level high) {
    return high.inflight() * low.runNanos() / high.runNanos();
  }
}
