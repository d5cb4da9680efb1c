package dev.snowshed.function.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A monotonic clock that stands still until it is advanced. It starts at zero. Safe for concurrent
 * use.
 */
public final class TestClock implements LongSupplier {
  private final AtomicLong nanos = new AtomicLong();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** A clock at zero. */
  public TestClock() {}

  /** The clock's reading in nanoseconds. */
  @Override
  public long getAsLong() {
    return nanos.get();
  }

  /**
   * Moves the clock on. The contexts whose deadlines pass by that are cancelled before this
   * returns, on the calling thread.
   *
   * @param duration how far; not negative
   * @throws IllegalArgumentException if the duration is negative
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "duration must not be negative, was " + duration + ": a monotonic clock only moves on");
    }
    nanos.addAndGet(duration.toNanos());
    listeners.forEach(Runnable::run);
  }

  /** Runs an action after each advance. */
  void onAdvance(Runnable action) {
    listeners.add(action);
  }
}
