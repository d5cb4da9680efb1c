package dev.snowshed.core.admission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What an admitted request holds until it has finished. The first {@link #end} counts, every later
 * one does nothing; so does {@link #started}. Safe for concurrent use; wait-free unless requests
 * wait for a place.
 */
public final class Permit implements Admission {

  /** How an admitted request ended. */
  public enum Outcome {
    /** It ran to its end: its run time says something about the host. */
    SUCCESS,
    /** It ended without having done its work, such as by a client's error: that says nothing. */
    IGNORE,
    /** It missed its deadline, or was abandoned. */
    DROPPED
  }

  private static final int ADMITTED = 0;
  private static final int STARTED = 1;
  private static final int ENDED = 2;
  private static final int RECEIVING = 3;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Permit.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final FunctionGate gate;
  private final int inflight;
  private final int weight;
  private final boolean retry;
  private final long bodyBytes;

  /** Written only through {@link #STATE}. */
  @SuppressWarnings("UnusedVariable")
  private int state;

  /** Written before {@link #STATE} says so, by whoever starts it. */
  private long startedNanos;

  /** Written by the thread that runs the request. */
  private long downstreamNanos;

  Permit(FunctionGate gate, AdmissionRequest request, int inflight, int weight) {
    this.gate = gate;
    this.inflight = inflight;
    this.weight = weight;
    this.retry = request.isRetry();
    this.bodyBytes = request.bodyBytes();
  }

  /** The request waits for its own bytes: until {@link #received} it needs no processor. */
  public void receiving(long nowNanos) {
    if (STATE.compareAndSet(this, ADMITTED, RECEIVING)) {
      gate.controller().leaveRunQueue(this, nowNanos);
    }
  }

  /** The bytes that {@link #receiving} waited for have come, if it did. */
  public void received() {
    if (STATE.compareAndSet(this, RECEIVING, ADMITTED)) {
      gate.controller().enterRunQueue(this);
    }
  }

  /** The request has got a thread and runs. */
  public void started(long nowNanos) {
    if ((int) STATE.getVolatile(this) != ADMITTED) {
      return;
    }
    startedNanos = nowNanos;
    if (STATE.compareAndSet(this, ADMITTED, STARTED)) {
      gate.controller().leaveRunQueue(this, nowNanos);
    }
  }

  /** Says that so much of the run was spent waiting for a dependency. For the running thread. */
  public void waitedDownstream(long nanos) {
    long sum = downstreamNanos + Math.max(0, nanos);
    downstreamNanos = sum < 0 ? Long.MAX_VALUE : sum;
  }

  /**
   * Gives the permit back.
   *
   * @param outcome how the request ended
   * @return whether this call ended it, false if it had ended before
   */
  public boolean end(Outcome outcome, long nowNanos) {
    int before = (int) STATE.getAndSet(this, ENDED);
    if (before == ENDED) {
      return false;
    }
    if (before == STARTED) {
      gate.controller().ended(this, 0, outcome, nowNanos);
    } else {
      gate.controller().ended(this, before == ADMITTED ? weight : 0, Outcome.IGNORE, nowNanos);
    }
    return true;
  }

  FunctionGate gate() {
    return gate;
  }

  long startedNanos() {
    return startedNanos;
  }

  long downstreamNanos() {
    return downstreamNanos;
  }

  int inflight() {
    return inflight;
  }

  /** How much it counts among those that start. */
  int weight() {
    return weight;
  }

  boolean isRetry() {
    return retry;
  }

  long bodyBytes() {
    return bodyBytes;
  }
}
