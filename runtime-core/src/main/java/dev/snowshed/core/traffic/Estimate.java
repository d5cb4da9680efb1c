package dev.snowshed.core.traffic;

/**
 * A number that was inferred, with how sure it is. Immutable.
 *
 * @param value the most likely one; in whose unit the name says that holds it
 * @param low lower end of the 95 % interval; at most {@code value}
 * @param high upper end of it; at least {@code value}
 * @param ageNanos how long ago the newest observation was made that it rests on; 0 or more
 * @param source whether the host was seen there
 */
public record Estimate(double value, double low, double high, long ageNanos, Source source) {

  /** How an estimate came about. */
  public enum Source {
    /** The host was at its limit, and this is what it did there. */
    MEASURED,
    /** The host was below its limit: reckoned from what a request costs. */
    EXTRAPOLATED
  }

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException unless low ≤ value ≤ high and the age is 0 or more
   */
  public Estimate {
    if (!(low <= value && value <= high) || ageNanos < 0) {
      throw new IllegalArgumentException(
          "an estimate has low <= value <= high and an age of 0 or more, not %s <= %s <= %s, %s"
              .formatted(low, value, high, ageNanos));
    }
  }

  /** The same of what is proportional to it. */
  Estimate times(double factor) {
    return new Estimate(value * factor, low * factor, high * factor, ageNanos, source);
  }

  /** The same of its inverse. */
  Estimate inverse() {
    return new Estimate(1 / value, 1 / high, 1 / low, ageNanos, source);
  }
}
