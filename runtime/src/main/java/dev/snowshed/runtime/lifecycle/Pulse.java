package dev.snowshed.runtime.lifecycle;

import dev.snowshed.core.lifecycle.Lifecycle;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Drives the host's life: a thread of the operating system that measures and ticks every {@link
 * #TICK_NANOS}, apart from the thread that ticks admission, because looking at the stacks of stuck
 * threads may take a while. Safe for concurrent use.
 */
public final class Pulse implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Pulse.class);

  private static final long TICK_NANOS = Duration.ofMillis(250).toNanos();
  private static final long COMPLAIN_NANOS = Duration.ofSeconds(10).toNanos();

  private final Lifecycle lifecycle;
  private final VitalSigns vitals;
  private final StartUp startUp;
  private final Thread thread =
      Thread.ofPlatform().name("snowshed-life").daemon().unstarted(this::run);
  private volatile boolean stopped;

  /** The thread's own. */
  private long complainedAt = System.nanoTime() - COMPLAIN_NANOS;

  /**
   * A pulse that does not beat yet.
   *
   * @param lifecycle is ticked
   * @param vitals with these
   * @param startUp is helped on
   */
  public Pulse(Lifecycle lifecycle, VitalSigns vitals, StartUp startUp) {
    this.lifecycle = lifecycle;
    this.vitals = vitals;
    this.startUp = startUp;
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Has the thread end. */
  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!stopped) {
      beat(System.nanoTime());
      LockSupport.parkNanos(TICK_NANOS);
    }
  }

  private void beat(long nowNanos) {
    try {
      startUp.advance();
      lifecycle.tick(vitals.take(nowNanos), nowNanos);
    } catch (RuntimeException e) {
      if (nowNanos - complainedAt >= COMPLAIN_NANOS) {
        complainedAt = nowNanos;
        LOG.error("Measuring how the host is failed; it is tried again", e);
      }
    }
  }
}
