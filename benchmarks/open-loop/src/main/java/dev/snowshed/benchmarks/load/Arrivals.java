package dev.snowshed.benchmarks.load;

/** Tells when requests are due. Not safe for concurrent use. */
public interface Arrivals {

  /** No request is due, unless one that is outstanding ends. */
  long NONE = Long.MAX_VALUE;

  /** When the next request is due, in nanoseconds since the start; {@link #NONE} if none is. */
  long nextNanos();

  /** Goes on to the request after that. */
  void take();

  /**
   * Learns that a request ended.
   *
   * @param nowNanos since the start
   * @param outcome how it ended
   */
  default void ended(long nowNanos, Outcome outcome) {}
}
