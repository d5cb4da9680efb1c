package dev.snowshed.benchmarks.overload;

import java.io.IOException;

/** The part of a run that counts. Times are in nanoseconds since the run's start. */
final class Window {
  private final long deadlineNanos;
  private final long settleNanos;
  private final long endNanos;
  private final Meter meter;
  private boolean begun;
  private boolean ended;

  /**
   * @param deadlineNanos within which an answer is good
   * @param settleSeconds what is due before does not count
   * @param seconds that count
   * @param meter told of the beginning and the end
   */
  Window(long deadlineNanos, double settleSeconds, double seconds, Meter meter) {
    this.deadlineNanos = deadlineNanos;
    this.settleNanos = (long) (settleSeconds * 1e9);
    this.endNanos = settleNanos + (long) (seconds * 1e9);
    this.meter = meter;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  boolean counts(long nanos) {
    return nanos >= settleNanos;
  }

  long sinceBeginning(long nanos) {
    return nanos - settleNanos;
  }

  boolean isOver(long nanos) {
    return nanos >= endNanos;
  }

  /** The next time at which {@link #pass} has something to do. */
  long nextMark(long nowNanos) {
    if (!begun) {
      return Math.max(settleNanos, nowNanos);
    }
    return ended ? Long.MAX_VALUE : Math.max(endNanos, nowNanos);
  }

  /** Tells the meter what time has come. */
  void pass(long nowNanos) throws IOException {
    if (!begun && nowNanos >= settleNanos) {
      begun = true;
      meter.begin();
    }
    if (!ended && nowNanos >= endNanos) {
      ended = true;
      meter.end();
    }
  }
}
