package dev.snowshed.runtime.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a state, within a bound. */
public final class Poll {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final long PAUSE_NANOS = 5_000_000;

  private Poll() {}

  /**
   * Looks again and again until a condition holds.
   *
   * @throws AssertionError if it does not within 30 s
   */
  public static void until(String what, Callable<Boolean> condition) {
    long end = System.nanoTime() + BOUND.toNanos();
    Throwable last = null;
    do {
      try {
        if (condition.call()) {
          return;
        }
        last = null;
      } catch (Exception | AssertionError e) {
        last = e;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    } while (System.nanoTime() < end);
    throw new AssertionError("not within " + BOUND + ": " + what, last);
  }
}
