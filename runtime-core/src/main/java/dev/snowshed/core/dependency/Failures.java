package dev.snowshed.core.dependency;

/**
 * How many calls of a function failed, of how many.
 *
 * @param failed 0 to {@code of}
 * @param of 0 or more
 */
public record Failures(long failed, long of) {
  /** None of none. */
  public static final Failures NONE = new Failures(0, 0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Failures {
    if (failed < 0 || failed > of) {
      throw new IllegalArgumentException("failed must be from 0 to of (" + of + "), was " + failed);
    }
  }

  /** The share that failed, from 0 to 1; 0 if there were none. */
  public double rate() {
    return of == 0 ? 0 : (double) failed / of;
  }

  Failures plus(Failures other) {
    return new Failures(failed + other.failed, of + other.of);
  }

  Failures minus(Failures earlier) {
    return new Failures(failed - earlier.failed, of - earlier.of);
  }
}
