package dev.snowshed.core.admission;

/**
 * The place of a request that waits. It ends when the request is admitted or rejected through its
 * callbacks, or by {@link #cancel}. Safe for concurrent use.
 */
public final class Ticket implements Admission {
  private final FunctionGate gate;
  private final AdmissionRequest request;
  private final long sinceNanos;

  /** Guarded by the controller's lock: whether it still waits. */
  private boolean waiting = true;

  Ticket(FunctionGate gate, AdmissionRequest request, long sinceNanos) {
    this.gate = gate;
    this.request = request;
    this.sinceNanos = sinceNanos;
  }

  /**
   * Gives the place up, for a client that has gone.
   *
   * @return whether the request still waited: then no callback will come
   */
  public boolean cancel(long nowNanos) {
    return gate.controller().cancel(this, nowNanos);
  }

  /** When the request began to wait. */
  public long sinceNanos() {
    return sinceNanos;
  }

  FunctionGate gate() {
    return gate;
  }

  AdmissionRequest request() {
    return request;
  }

  /** Ends the wait. Under the controller's lock. */
  boolean leave() {
    boolean waited = waiting;
    waiting = false;
    return waited;
  }
}
