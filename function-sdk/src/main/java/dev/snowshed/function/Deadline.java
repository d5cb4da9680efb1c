package dev.snowshed.function;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The instant on a monotonic clock by which a call must be done. Immutable and safe for concurrent
 * use.
 */
public final class Deadline {
  private final long atNanos;
  private final LongSupplier nanoClock;

  private Deadline(long atNanos, LongSupplier nanoClock) {
    this.atNanos = atNanos;
    this.nanoClock = nanoClock;
  }

  /**
   * A deadline at an instant of the given clock.
   *
   * @param atNanos the instant, in the clock's nanoseconds
   * @param nanoClock a monotonic clock, such as {@code System::nanoTime}
   * @return the deadline
   */
  public static Deadline at(long atNanos, LongSupplier nanoClock) {
    return new Deadline(atNanos, Objects.requireNonNull(nanoClock, "nanoClock"));
  }

  /** The time left; zero, never negative, once the deadline has passed. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, remainingNanos()));
  }

  /** The time left in nanoseconds; negative once the deadline has passed. */
  public long remainingNanos() {
    return atNanos - nanoClock.getAsLong();
  }

  /** Whether no time is left. */
  public boolean isExpired() {
    return remainingNanos() <= 0;
  }

  @Override
  public String toString() {
    return "Deadline[" + remainingNanos() / 1_000_000 + " ms left]";
  }
}
