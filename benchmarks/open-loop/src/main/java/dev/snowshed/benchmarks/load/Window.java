package dev.snowshed.benchmarks.load;

import java.io.IOException;

/** The part of a run that counts. Times are in nanoseconds since the run's start. */
public final class Window {
  private final long deadlineNanos;
  private final long settleNanos;
  private final long endNanos;
  private final Marks marks;
  private boolean begun;
  private boolean ended;

  /** Learns when the part that counts begins and ends. */
  public interface Marks {

    /** What is due from now on counts. */
    default void begin() throws IOException {}

    /** What is due from now on does not. */
    default void end() throws IOException {}
  }

  /**
   * @param deadlineNanos within which an answer is good
   * @param settleSeconds what is due before does not count
   * @param seconds that count
   * @param marks told of the beginning and the end
   */
  public Window(long deadlineNanos, double settleSeconds, double seconds, Marks marks) {
    this.deadlineNanos = deadlineNanos;
    this.settleNanos = (long) (settleSeconds * 1e9);
    this.endNanos = settleNanos + (long) (seconds * 1e9);
    this.marks = marks;
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

  /** Tells what time has come. */
  void pass(long nowNanos) throws IOException {
    if (!begun && nowNanos >= settleNanos) {
      begun = true;
      marks.begin();
    }
    if (!ended && nowNanos >= endNanos) {
      ended = true;
      marks.end();
    }
  }
}
