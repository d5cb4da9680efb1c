package dev.snowshed.core.dependency;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What one call of a function meets on its dependencies. Safe for concurrent use, wait-free. The
 * first {@link #finish} ends it; what is said later is ignored.
 */
public final class CallRecord {
  private static final int DRILLED = 1;
  private static final int FINISHED = 2;

  private static final VarHandle OK = bits("ok");
  private static final VarHandle FAILED = bits("failed");
  private static final VarHandle SLOW = bits("slow");
  private static final VarHandle CANCELLED = bits("cancelled");
  private static final VarHandle INJECTED = bits("injected");
  private static final VarHandle STATE = state();

  private final FunctionDependencies function;

  // A bit for each dependency, by its index: what became of at least one call of it. Written only
  // through the handles above.
  @SuppressWarnings("UnusedVariable")
  private long ok;

  @SuppressWarnings("UnusedVariable")
  private long failed;

  @SuppressWarnings("UnusedVariable")
  private long slow;

  @SuppressWarnings("UnusedVariable")
  private long cancelled;

  @SuppressWarnings("UnusedVariable")
  private long injected;

  @SuppressWarnings("UnusedVariable")
  private int state;

  CallRecord(FunctionDependencies function) {
    this.function = function;
  }

  /**
   * The call belongs to a drill, whether or not something is injected into it: it is compared only
   * with such. Said before its first call of a dependency.
   */
  public void drilled() {
    STATE.getAndBitwiseOr(this, DRILLED);
  }

  /**
   * A fault is injected into this call's calls of a dependency, which {@link #ended} tells as
   * usual: they say nothing of the dependency's health, and one that is OK was delayed. Implies
   * {@link #drilled}.
   */
  public void injected(Edge edge) {
    drilled();
    set(INJECTED, edge.bit());
  }

  /**
   * A call of a dependency has ended, retries and all.
   *
   * @param latencyNanos from its begin, retries and waits included
   */
  public void ended(Edge edge, Outcome outcome, long latencyNanos) {
    if (isFinished()) {
      return;
    }
    boolean real = !has(INJECTED, edge.bit());
    if (real) {
      edge.ended(outcome, latencyNanos);
    }
    set(bits(outcome, real), edge.bit());
    if (isSlow(outcome, real, latencyNanos)) {
      set(SLOW, edge.bit());
    }
  }

  /** What is injected ends with the function's call only if it would not have ended at all. */
  private static VarHandle bits(Outcome outcome, boolean real) {
    return switch (outcome) {
      case OK -> OK;
      case FAILED, TIMED_OUT, REFUSED -> FAILED;
      case CANCELLED -> real ? CANCELLED : FAILED;
    };
  }

  /** A call that outlasted the function's was slow, if it had the time to be. */
  private boolean isSlow(Outcome outcome, boolean real, long latencyNanos) {
    return switch (outcome) {
      case OK -> !real || latencyNanos >= function.slowNanos();
      case FAILED -> latencyNanos >= function.slowNanos();
      case CANCELLED -> !real || latencyNanos >= function.slowNanos();
      case TIMED_OUT -> true;
      case REFUSED -> false;
    };
  }

  /** The function took something else instead of an answer of the dependency. */
  public void fellBack(Edge edge) {
    count(edge, Edge.FALLBACKS);
  }

  /** A call of a dependency is tried once more. */
  public void retried(Edge edge) {
    count(edge, Edge.RETRIES);
  }

  private void count(Edge edge, int counter) {
    if (!isFinished() && !has(INJECTED, edge.bit())) {
      edge.count(counter);
    }
  }

  /**
   * The function's call has ended.
   *
   * @param functionFailed whether its caller got no good answer through no fault of its own
   * @param functionNanos how long it ran
   */
  public void finish(boolean functionFailed, long functionNanos, long nowNanos) {
    int before = (int) STATE.getAndBitwiseOr(this, FINISHED);
    if ((before & FINISHED) == 0) {
      boolean drill = (before & DRILLED) != 0;
      function.finished(this, drill, functionFailed, functionNanos, nowNanos);
    }
  }

  long okBits() {
    return (long) OK.getVolatile(this);
  }

  long failedBits() {
    return (long) FAILED.getVolatile(this);
  }

  long slowBits() {
    return (long) SLOW.getVolatile(this);
  }

  long cancelledBits() {
    return (long) CANCELLED.getVolatile(this);
  }

  private boolean isFinished() {
    return ((int) STATE.getVolatile(this) & FINISHED) != 0;
  }

  private boolean has(VarHandle bits, long bit) {
    return ((long) bits.getVolatile(this) & bit) != 0;
  }

  private void set(VarHandle bits, long bit) {
    if (!has(bits, bit)) {
      bits.getAndBitwiseOr(this, bit);
    }
  }

  private static VarHandle bits(String field) {
    return handle(field, long.class);
  }

  private static VarHandle state() {
    return handle("state", int.class);
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(CallRecord.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
