package dev.snowshed.core.dependency;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The counters of a function as they were at times of the last minute, for what happened since.
 * Guarded by the lock of {@link History}.
 */
final class Recent {
  static final long STEP_NANOS = 10_000_000_000L;
  private static final int STEPS = 6;

  private record Mark(long nanos, List<Reading> readings, long functionNanos) {}

  private final Deque<Mark> marks = new ArrayDeque<>();

  /** Remembers the counters. */
  void mark(long nanos, List<Reading> readings, long functionNanos) {
    marks.addLast(new Mark(nanos, readings, functionNanos));
    if (marks.size() > STEPS + 1) {
      marks.removeFirst();
    }
  }

  /** The counters of an edge a minute ago, or at the beginning. */
  Reading before(int edge, long nowNanos) {
    List<Reading> readings = base(nowNanos).readings;
    return edge < readings.size() ? readings.get(edge) : Reading.ZERO;
  }

  long functionNanosBefore(long nowNanos) {
    return base(nowNanos).functionNanos;
  }

  /** The time since then, in seconds, at least 1. */
  double seconds(long nowNanos) {
    long elapsed = nowNanos - base(nowNanos).nanos;
    long most = (STEPS + 1) * STEP_NANOS;
    return Math.max(1, (elapsed > most ? STEPS * STEP_NANOS : elapsed) / 1e9);
  }

  /** The last mark that is a minute old, else the first. */
  private Mark base(long nowNanos) {
    Mark base = marks.getFirst();
    for (Mark each : marks) {
      if (nowNanos - each.nanos >= STEPS * STEP_NANOS) {
        base = each;
      }
    }
    return base;
  }
}
