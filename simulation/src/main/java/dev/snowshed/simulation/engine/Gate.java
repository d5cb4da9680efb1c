package dev.snowshed.simulation.engine;

/**
 * What decides whom a simulated host lets in: the seam at which algorithms are compared. One gate
 * serves one run, and is called by one thread, in the order of virtual time.
 */
public interface Gate {

  /** What becomes of an arrival. */
  enum Verdict {
    /** It runs now. */
    ADMIT,
    /** It waits in the gate, which will {@link HostView#admit} or {@link HostView#reject} it. */
    QUEUE,
    /** It is refused. */
    REJECT
  }

  /** Decides about an arrival. */
  Verdict arrive(Job job, long nowNanos);

  /** A job has got a core for the first time. */
  default void started(Job job, long nowNanos) {}

  /**
   * A job that was let in has ended.
   *
   * @param job which
   * @param nowNanos when
   * @param dropped whether it was cut at its deadline or cancelled; else it completed
   */
  void ended(Job job, long nowNanos, boolean dropped);

  /** The client of a job that waits in the gate has gone. Only for jobs that were queued. */
  default void cancelled(Job job, long nowNanos) {}

  /** A probe task that was put into the run queue has got a core. */
  default void probed(long delayNanos, long nowNanos) {}

  /** Is called every {@link #tickNanos}. */
  default void tick(long nowNanos) {}

  /** How often {@link #tick} is called and a probe is sent; 0 for never. */
  default long tickNanos() {
    return 0;
  }

  /** The limit on requests in flight that holds now; {@link Integer#MAX_VALUE} for none. */
  int limit();
}
