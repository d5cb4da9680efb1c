package dev.snowshed.core.dependency.drill;

/** What is done to the calls of a dependency. */
public sealed interface Fault {
  /** They fail at once. */
  record Failure() implements Fault {}

  /**
   * They take longer.
   *
   * @param nanos by how much; above 0
   */
  record Delay(long nanos) implements Fault {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if it is out of it
     */
    public Delay {
      if (nanos <= 0) {
        throw new IllegalArgumentException("a delay must be above 0 ns, was " + nanos);
      }
    }
  }

  /** They never answer. */
  record Hang() implements Fault {}
}
