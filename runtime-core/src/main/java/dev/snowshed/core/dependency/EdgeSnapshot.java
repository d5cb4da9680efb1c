package dev.snowshed.core.dependency;

/**
 * What is known of a dependency of a function.
 *
 * @param dependency its name
 * @param declared what its author says of it
 * @param calls how many calls of it ended here since the start, and so the next four
 * @param failures how many failed or timed out
 * @param refused how many were not made
 * @param fallbacks how often the function took something else instead
 * @param retries how many more tries were made
 * @param callsPerSecond of the last minute
 * @param errorRate the share of the last minute's calls that failed, timed out or were refused, 0
 *     to 1
 * @param p50Nanos half of the last minute's calls took at most that; 0 without any
 * @param p99Nanos 99 % of them took at most that; 0 without any
 * @param shareOfTime what share of the function's time its calls took in the last minute, 0 to 1;
 *     calls at the same time count each
 * @param failedGivenFailed calls of the function in which all calls of the dependency failed and no
 *     other was in trouble, on all instances known
 * @param failedGivenFine the same with the dependency fine
 * @param difference where the difference of the two shares lies, calls being compared with others
 *     of about the same time
 * @param verdict what follows
 * @param oldestNanos the age of the oldest evidence; 0 without any
 * @param newestNanos the age of the newest evidence; 0 without any
 * @param drilled whether a drill contributed to the evidence
 */
public record EdgeSnapshot(
    String dependency,
    Declared declared,
    long calls,
    long failures,
    long refused,
    long fallbacks,
    long retries,
    double callsPerSecond,
    double errorRate,
    long p50Nanos,
    long p99Nanos,
    double shareOfTime,
    Failures failedGivenFailed,
    Failures failedGivenFine,
    Interval difference,
    Verdict verdict,
    long oldestNanos,
    long newestNanos,
    boolean drilled) {

  /** Whether it behaves otherwise than its author says. */
  public boolean mismatch() {
    return isWeakButBehavesStrong()
        || (declared == Declared.STRONG && verdict.strength() == Strength.WEAK);
  }

  /** Whether its author believes the function can do without it, which it cannot. */
  public boolean isWeakButBehavesStrong() {
    return declared == Declared.WEAK && verdict.strength() == Strength.STRONG;
  }
}
