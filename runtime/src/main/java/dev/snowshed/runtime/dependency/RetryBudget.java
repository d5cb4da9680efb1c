package dev.snowshed.runtime.dependency;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many retries a dependency may get: a tenth of its calls, and a few more after quiet times, so
 * that retries cannot multiply the load on one in trouble. A token bucket, counted in tenths. Safe
 * for concurrent use, without locks.
 */
final class RetryBudget {
  private static final long RETRY = 10;
  private static final long MOST = 10 * RETRY;

  private final AtomicLong tenths = new AtomicLong(MOST);

  /** A first attempt was made. */
  void called() {
    if (tenths.get() < MOST) {
      tenths.incrementAndGet();
    }
  }

  /** Whether there may be one more. */
  boolean isLeft() {
    return tenths.get() >= RETRY;
  }

  /** A retry was made. Several at once may overdraw the budget by as many. */
  void take() {
    tenths.addAndGet(-RETRY);
  }
}
