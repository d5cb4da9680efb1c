package dev.snowshed.core.dependency.drill;

/** What a drill does to a call of a dependency instead of, or before, letting it through. */
public sealed interface Fault {

  /** It fails at once. */
  record Fail() implements Fault {}

  /**
   * It is made after a wait.
   *
   * @param nanos the wait, in nanoseconds; above 0
   */
  record Delay(long nanos) implements Fault {

    /** Checks the wait. */
    public Delay {
      if (nanos <= 0) {
        throw new IllegalArgumentException("a delay must be above 0 ns, was " + nanos);
      }
    }
  }

  /** It does not end until it is cut. */
  record Hang() implements Fault {}
}
