package dev.snowshed.core.admission;

import dev.snowshed.core.limit.Tuning;

/**
 * How admission behaves. Nothing has to be set: {@link #DEFAULTS} are for production.
 *
 * @param mode how the limit comes about
 * @param maxConcurrency most requests in flight at once, over all functions; in fixed mode the
 *     limit itself; 1 or more
 * @param queueShare which part of a request's time, from its arrival to its deadline, a standing
 *     queue may take; 0 to 1
 * @param queueRuns how many times the 99th percentile of a function's run time a standing queue may
 *     take at most, however lax the deadline; above 0
 * @param maxQueue most requests that wait, over all functions; 0 or more
 * @param retryShare which part of the requests in flight and waiting may be retries while the host
 *     sheds; 0 to 1
 * @param maxBodyBytes most bytes of announced bodies in flight and waiting; 1 or more
 * @param initialLimit the limit that a function without history begins with; 1 or more
 * @param tuning the constants of the control laws
 */
public record AdmissionSettings(
    Mode mode,
    int maxConcurrency,
    double queueShare,
    double queueRuns,
    int maxQueue,
    double retryShare,
    long maxBodyBytes,
    int initialLimit,
    Tuning tuning) {

  /** How the limit comes about. */
  public enum Mode {
    /** It is learnt. */
    ADAPTIVE,
    /** It is {@code maxConcurrency}, without a queue. */
    FIXED,
    /** There is none. */
    OFF
  }

  /** For production. */
  public static final AdmissionSettings DEFAULTS =
      new AdmissionSettings(Mode.ADAPTIVE, 10_000, 0.25, 2, 10_000, 0.2, Long.MAX_VALUE, 32);

  /** With the constants for production. */
  public AdmissionSettings(
      Mode mode,
      int maxConcurrency,
      double queueShare,
      double queueRuns,
      int maxQueue,
      double retryShare,
      long maxBodyBytes,
      int initialLimit) {
    this(
        mode,
        maxConcurrency,
        queueShare,
        queueRuns,
        maxQueue,
        retryShare,
        maxBodyBytes,
        initialLimit,
        Tuning.DEFAULTS);
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public AdmissionSettings {
    atLeast("maxConcurrency", maxConcurrency, 1);
    atLeast("maxQueue", maxQueue, 0);
    atLeast("maxBodyBytes", maxBodyBytes, 1);
    atLeast("initialLimit", initialLimit, 1);
    share("queueShare", queueShare);
    share("retryShare", retryShare);
    if (!(queueRuns > 0) || Double.isInfinite(queueRuns)) {
      throw new IllegalArgumentException("queueRuns must be above 0, was " + queueRuns);
    }
  }

  private static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
    }
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to 1, was " + value);
    }
  }
}
