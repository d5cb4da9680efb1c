package dev.snowshed.simulation.peer;

/**
 * A request that was let in and has ended.
 *
 * @param startNanos when it was let in
 * @param endNanos when it ended
 * @param inflightAtStart how many requests were in flight when it was let in, itself included
 * @param inflightAtEnd how many were when it ended, itself included
 * @param late whether it ended too late for its caller
 * @param dropped whether it was cut or cancelled, and so did not complete
 */
record Ended(
    long startNanos,
    long endNanos,
    int inflightAtStart,
    int inflightAtEnd,
    boolean late,
    boolean dropped) {

  /** How long it took. */
  long latencyNanos() {
    return endNanos - startNanos;
  }

  /** Whether its caller has a useful answer. */
  boolean useful() {
    return !late && !dropped;
  }
}
