package dev.snowshed.runtime.signals;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * How long a task that is ready waits for a processor, measured by a probe that does nothing else.
 * At most one probe is under way; while one is late, its age so far counts. Safe for concurrent
 * use.
 */
final class StartDelay {
  private final Executor executor;
  private final LongSupplier clock;
  private final AtomicBoolean outstanding = new AtomicBoolean();
  private volatile long sentAt;
  private volatile long delayNanos;

  StartDelay(Executor executor, LongSupplier clock) {
    this.executor = executor;
    this.clock = clock;
  }

  /** Sends a probe, unless one is under way. */
  void probe() {
    if (outstanding.compareAndSet(false, true)) {
      sentAt = clock.getAsLong();
      executor.execute(this::arrived);
    }
  }

  /** The last delay in nanoseconds; 0 or more. */
  long nanos() {
    long age = outstanding.get() ? clock.getAsLong() - sentAt : 0;
    return Math.max(delayNanos, age);
  }

  private void arrived() {
    delayNanos = Math.max(0, clock.getAsLong() - sentAt);
    outstanding.set(false);
  }
}
