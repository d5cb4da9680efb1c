package dev.snowshed.core.admission;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A gate with a fixed limit on requests in flight, and a door that closes for good when the host
 * drains. Safe for concurrent use; admitting and releasing are lock-free.
 */
public final class ConcurrencyBound {
  private static final Admission FULL =
      new Admission.Rejected(Admission.Reason.LIMIT, Duration.ofSeconds(1));
  private static final Admission CLOSED =
      new Admission.Rejected(Admission.Reason.DRAINING, Duration.ofSeconds(1));

  private final int limit;
  private final AtomicInteger inflight = new AtomicInteger();
  private final LongAdder dropped = new LongAdder();
  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private volatile boolean closed;

  /**
   * An open gate.
   *
   * @param limit how many requests may be in flight at once; at least 1
   * @throws IllegalArgumentException if the limit is below 1
   */
  public ConcurrencyBound(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1, was " + limit);
    }
    this.limit = limit;
  }

  /** Decides about one request at once. */
  public Admission tryAdmit() {
    int current;
    do {
      if (closed) {
        return CLOSED;
      }
      current = inflight.get();
      if (current >= limit) {
        return FULL;
      }
    } while (!inflight.compareAndSet(current, current + 1));
    if (closed) {
      release();
      return CLOSED;
    }
    return new Admission.Admitted(new Permit(this));
  }

  /**
   * Closes the gate for good. Idempotent.
   *
   * @return completes when nothing is in flight any more
   */
  public CompletableFuture<Void> close() {
    closed = true;
    if (inflight.get() == 0) {
      idle.complete(null);
    }
    return idle.copy();
  }

  /** Whether the gate has been closed. */
  public boolean isClosed() {
    return closed;
  }

  /** How many requests may be in flight at once. */
  public int limit() {
    return limit;
  }

  /** How many requests are in flight; between 0 and {@link #limit}. */
  public int inflight() {
    return inflight.get();
  }

  /** How many admitted requests have ended as {@link Permit.Outcome#DROPPED} so far. */
  public long dropped() {
    return dropped.sum();
  }

  void release(Permit.Outcome outcome) {
    if (outcome == Permit.Outcome.DROPPED) {
      dropped.increment();
    }
    release();
  }

  private void release() {
    if (inflight.decrementAndGet() == 0 && closed) {
      idle.complete(null);
    }
  }
}
