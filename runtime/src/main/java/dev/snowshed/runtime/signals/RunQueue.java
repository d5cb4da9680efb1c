package dev.snowshed.runtime.signals;

import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.jspecify.annotations.Nullable;

/**
 * How many virtual threads are ready to run and wait for a carrier. The scheduler's own figure,
 * read again when it is older than {@link #FRESH_NANOS}: reading it walks the scheduler's queues,
 * which costs up to 200 ns under load on two cores and more on many.
 *
 * <p>0 where the JDK does not tell, as in a native image without the management bean; the
 * controller then goes by what it has admitted itself and has not started. Safe for concurrent use;
 * racing readers may both read.
 */
final class RunQueue {
  static final long FRESH_NANOS = 100_000;

  private final IntSupplier source;
  private final LongSupplier clock;
  private volatile long readAt;
  private volatile int length;

  RunQueue(IntSupplier source, LongSupplier clock) {
    this.source = source;
    this.clock = clock;
    this.readAt = clock.getAsLong() - FRESH_NANOS;
  }

  /** That of this JVM. */
  static RunQueue ofThisJvm() {
    VirtualThreadSchedulerMXBean scheduler = scheduler();
    return new RunQueue(
        scheduler == null
            ? () -> 0
            : () -> (int) Math.min(Integer.MAX_VALUE, scheduler.getQueuedVirtualThreadCount()),
        System::nanoTime);
  }

  int length() {
    long now = clock.getAsLong();
    if (now - readAt >= FRESH_NANOS) {
      readAt = now;
      length = Math.max(0, source.getAsInt());
    }
    return length;
  }

  private static @Nullable VirtualThreadSchedulerMXBean scheduler() {
    try {
      return ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    } catch (IllegalArgumentException | LinkageError e) {
      return null;
    }
  }
}
