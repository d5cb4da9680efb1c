package dev.snowshed.runtime.lifecycle;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A thread that does something again and again, and goes on when that fails. It is a thread of the
 * operating system, so that it runs when virtual threads do not get to. Safe for concurrent use.
 */
public final class Beat implements AutoCloseable {
  private static final long COMPLAIN_NANOS = Duration.ofSeconds(10).toNanos();

  private final long pauseNanos;
  private final LongConsumer step;
  private final Consumer<RuntimeException> complain;
  private final Thread thread;
  private volatile boolean stopped;

  /** The thread's own. */
  private long complainedAt = System.nanoTime() - COMPLAIN_NANOS;

  /**
   * A thread that does not run yet.
   *
   * @param name of the thread
   * @param pause between the end of a step and the next
   * @param step what to do; is told the time, as {@link System#nanoTime} counts it
   * @param complain is told of a step that failed, every ten seconds at most
   */
  public Beat(String name, Duration pause, LongConsumer step, Consumer<RuntimeException> complain) {
    this.pauseNanos = pause.toNanos();
    this.step = step;
    this.complain = complain;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /** Starts the thread. Once. */
  public void start() {
    thread.start();
  }

  /** Has the thread end after its present step. */
  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!stopped) {
      step(System.nanoTime());
      LockSupport.parkNanos(pauseNanos);
    }
  }

  private void step(long nowNanos) {
    try {
      step.accept(nowNanos);
    } catch (RuntimeException e) {
      if (nowNanos - complainedAt >= COMPLAIN_NANOS) {
        complainedAt = nowNanos;
        complain.accept(e);
      }
    }
  }
}
