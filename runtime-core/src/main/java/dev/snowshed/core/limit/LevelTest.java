package dev.snowshed.core.limit;

/**
 * Whether run time follows concurrency: a sequential probability ratio test (Wald, 1945) between
 * two levels.
 *
 * <p>With n requests inside, something that is full lets each take n ÷ throughput; where nothing is
 * full each takes as long as before. The elasticity ε = ln(r₂ ÷ r₁) ÷ ln(n₂ ÷ n₁) of the mean run
 * times r at the levels n is 1 in the first case and 0 in the second, whatever the unit, the
 * function and the time of day: there is no baseline that could drift. With its standard error s
 * the logarithm of the odds between the two is (ε − ½) ÷ s². Where most runs are cut at one level
 * and few at the other, that says enough.
 */
final class LevelTest {
  private static final double LEAST_LEVER = 1e-3;

  enum Verdict {
    FLAT,
    SATURATED,
    /** The lower level is slower: what was found there no longer holds. */
    CHANGED,
    UNDECIDED
  }

  private LevelTest() {}

  /**
   * Compares two levels, of which the second is higher.
   *
   * @param odds at which it is decided; above 1
   */
  static Verdict verdict(Level low, Level high, double odds) {
    double lever = Math.log(high.inflight() / low.inflight());
    if (!(lever > LEAST_LEVER)) {
      return Verdict.UNDECIDED;
    }
    if (low.isLost() != high.isLost()) {
      return high.isLost() ? Verdict.SATURATED : Verdict.CHANGED;
    }
    double elasticity = Math.log(high.runNanos() / low.runNanos()) / lever;
    double error = (low.relativeError() + high.relativeError()) / (lever * lever);
    double decided = Math.log(odds) * error;
    if (elasticity - 0.5 > decided) {
      return Verdict.SATURATED;
    }
    if (-0.5 - elasticity > decided) {
      return Verdict.CHANGED;
    }
    return 0.5 - elasticity > decided ? Verdict.FLAT : Verdict.UNDECIDED;
  }

  /**
   * Whether run times have changed by more than a part while the level stayed: the same test,
   * between no change and one of twice as much, in logarithms, up or down.
   *
   * @param part above 0
   * @param odds at which it is decided; above 1
   */
  static boolean isOtherRunTime(Level before, Level now, double part, double odds) {
    double change = Math.log1p(part);
    double seen = Math.abs(Math.log(now.runNanos() / before.runNanos()));
    double error = before.relativeError() + now.relativeError();
    return 2 * change * (seen - change) > Math.log(odds) * error;
  }

  /**
   * Why runs come to their end at a level while most were cut at a higher one. Of what waits in
   * line, half as many take half as long, and not less: so it is the same test, between ε = 1 and ε
   * = 2. The time at which runs were cut stands for the longer one that they would have taken.
   *
   * @param odds at which it is decided; above 1
   * @return SATURATED if it is because they are fewer, CHANGED if not, or UNDECIDED
   */
  static Verdict back(Level low, Level high, double odds) {
    double lever = Math.log(high.inflight() / low.inflight());
    if (!(lever > LEAST_LEVER)) {
      return Verdict.UNDECIDED;
    }
    double elasticity = Math.log(high.meanNanos() / low.doneNanos()) / lever;
    double decided = Math.log(odds) * low.relativeError() / (lever * lever);
    if (elasticity - 1.5 > decided) {
      return Verdict.CHANGED;
    }
    return 1.5 - elasticity > decided ? Verdict.SATURATED : Verdict.UNDECIDED;
  }

  /** At which level the throughput of the second would have the run time of the first. */
  static double knee(Level low, Level high) {
    return high.inflight() * low.runNanos() / high.runNanos();
  }
}
