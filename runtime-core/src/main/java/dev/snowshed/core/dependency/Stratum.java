package dev.snowshed.core.dependency;

/**
 * Calls that are compared with each other: those of one instance and about the same time.
 *
 * @param oldestNanos the age of the oldest, at the time the evidence was taken; 0 or more
 * @param newestNanos the age of the newest; 0 to {@code oldestNanos}
 * @param drilled whether a drill caused them
 * @param counts what became of them
 */
public record Stratum(long oldestNanos, long newestNanos, boolean drilled, Counts counts) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Stratum {
    if (newestNanos < 0 || oldestNanos < newestNanos) {
      throw new IllegalArgumentException(
          "ages must be 0 or more, the oldest at least the newest, were "
              + oldestNanos
              + " and "
              + newestNanos);
    }
  }

  /** The same, so much later. */
  Stratum aged(long nanos) {
    return new Stratum(later(oldestNanos, nanos), later(newestNanos, nanos), drilled, counts);
  }

  /** Both as one. */
  Stratum plus(Stratum other) {
    return new Stratum(
        Math.max(oldestNanos, other.oldestNanos),
        Math.min(newestNanos, other.newestNanos),
        drilled,
        counts.plus(other.counts));
  }

  private static long later(long age, long nanos) {
    long sum = age + Math.max(0, nanos);
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
