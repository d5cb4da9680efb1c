package dev.snowshed.simulation.engine;

/**
 * Is told what happens in a run, in the order of virtual time. Scores are observers. Called by one
 * thread.
 */
public interface Observer {

  /**
   * An attempt arrives.
   *
   * @param job the attempt; 0 is a new request of a client
   * @param nowNanos when
   * @param unloadedNanos how long it would take on an idle host
   */
  default void arrived(Job job, long nowNanos, double unloadedNanos) {}

  /** An attempt is refused, at once or from the gate's queue. */
  default void rejected(Job job, long nowNanos) {}

  /**
   * An attempt that was let in has completed.
   *
   * @param job the attempt
   * @param nowNanos when
   * @param useful whether it met its deadline, and its client still waited for it and had no answer
   *     from another attempt
   */
  default void completed(Job job, long nowNanos, boolean useful) {}

  /** The state of the host, every 100 ms: requests in flight, and the limit on them. */
  default void sampled(long nowNanos, int inflight, int limit) {}
}
