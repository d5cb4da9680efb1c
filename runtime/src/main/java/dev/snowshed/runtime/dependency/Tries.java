package dev.snowshed.runtime.dependency;

import java.util.concurrent.atomic.AtomicInteger;

/** The attempts of one call. Safe for concurrent use. */
final class Tries {
  private final CallDependency call;
  private final boolean repeatable;
  private final AtomicInteger made = new AtomicInteger();

  Tries(CallDependency call, boolean repeatable) {
    this.call = call;
    this.repeatable = repeatable;
  }

  /** An attempt begins. */
  long begin() {
    if (made.getAndIncrement() > 0) {
      call.guarded().retried();
      call.calls().retried(call.edge());
    }
    return System.nanoTime();
  }

  /**
   * Says what an attempt's failure means to the guard. One that was cut by the function's deadline
   * is the dependency's fault if it has taken most of the function's time.
   */
  Exception judge(Throwable failure, long begunNanos) {
    if (Ending.isAnswer(failure)) {
      return new NotTheirs(failure);
    }
    if (failure instanceof InterruptedException || call.isCut()) {
      boolean fault = System.nanoTime() - begunNanos >= call.calls().functionNanos() / 2;
      return fault ? new OnlyOnce(failure) : new NotTheirs(failure);
    }
    return repeatable && failure instanceof Exception e ? e : new OnlyOnce(failure);
  }
}
