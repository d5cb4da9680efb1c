package dev.snowshed.simulation.peer;

/** An algorithm that sets one limit on requests in flight. Not safe for concurrent use. */
interface LimitLaw {

  /** Runs the timers that were due until now. */
  default void advance(long nowNanos) {}

  /** Takes what an ended request shows; {@link #advance} was called before. */
  void ended(Ended request);

  /** The limit that holds now; 1 or more. */
  int limit();
}
