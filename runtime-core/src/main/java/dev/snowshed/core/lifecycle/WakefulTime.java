package dev.snowshed.core.lifecycle;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * The time in which a host could listen: real time without the pauses in which it was held up, such
 * as collections of garbage. While a host that collects all the time waits for an answer, the
 * answer grows old by the host's own fault, and says no less about the one who gave it.
 *
 * <pre>
 * wakeful += max(real - pauses, real / 10)
 * </pre>
 *
 * <p>It runs at a tenth of real time at least, so that a host that hardly runs at all does not
 * believe in what is long gone. Safe for concurrent use.
 */
public final class WakefulTime implements LongUnaryOperator {
  private static final int LEAST_SHARE = 10;

  /** More than this is not kept of pauses that the floor does not let count. */
  private static final long MOST_LEFT_NANOS = Duration.ofSeconds(1).toNanos();

  private final LongSupplier pausedNanos;

  // guarded by this
  private long lastNanos;
  private long lastPausedNanos;
  private long leftNanos;
  private long wakefulNanos;

  /**
   * A time that begins to run.
   *
   * @param pausedNanos how long the host has been held up since it started
   */
  public WakefulTime(LongSupplier pausedNanos, long nowNanos) {
    this.pausedNanos = pausedNanos;
    lastNanos = nowNanos;
    lastPausedNanos = pausedNanos.getAsLong();
  }

  /** The wakeful time, in nanoseconds since the start, at a real one. Never runs back. */
  @Override
  public synchronized long applyAsLong(long nowNanos) {
    long passedNanos = nowNanos - lastNanos;
    if (passedNanos > 0) {
      lastNanos = nowNanos;
      wakefulNanos += passedNanos - pausesWithin(passedNanos);
    }
    return wakefulNanos;
  }

  private long pausesWithin(long passedNanos) {
    long paused = pausedNanos.getAsLong();
    leftNanos += Math.max(0, paused - lastPausedNanos);
    lastPausedNanos = paused;
    long counted = Math.min(leftNanos, passedNanos - passedNanos / LEAST_SHARE);
    leftNanos = Math.min(MOST_LEFT_NANOS, leftNanos - counted);
    return counted;
  }
}
