package dev.snowshed.core.admission;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When refused clients may come again. The longer the host has been refusing without a pause, the
 * wider they are spread, so that they do not come together, nor too often while it lasts. Guarded
 * by the controller's lock.
 */
final class RetryAfter {
  private static final long SECOND = 1_000_000_000;

  /** So long without a refusal, a new time of trouble begins. */
  private static final long CALM_NANOS = 5 * SECOND;

  private static final long LEAST_SPREAD_NANOS = 2 * SECOND;
  private static final long MOST_SPREAD_NANOS = 30 * SECOND;

  private final RandomGenerator random;
  private long since = Long.MIN_VALUE;
  private long last = Long.MIN_VALUE;

  RetryAfter(RandomGenerator random) {
    this.random = random;
  }

  /** A time from one second on. */
  Duration next(long nowNanos) {
    if (last == Long.MIN_VALUE || nowNanos - last > CALM_NANOS) {
      since = nowNanos;
    }
    last = nowNanos;
    long spread = Math.clamp(nowNanos - since, LEAST_SPREAD_NANOS, MOST_SPREAD_NANOS);
    return Duration.ofNanos(SECOND + random.nextLong(spread));
  }
}
