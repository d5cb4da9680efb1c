package dev.snowshed.core.dependency;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The past of a tally in slices of time. Slices in which nothing was in trouble are joined, as they
 * only lend their calls for comparison; if there are too many, the oldest are forgotten. Guarded by
 * the lock of {@link History}.
 */
final class Series {
  private static final int MAX_SLICES = 256;
  private static final int QUIET_PARTS = 24;

  private record Slice(long fromNanos, long toNanos, Counts counts) {
    Slice plus(Slice next) {
      return new Slice(fromNanos, next.toNanos, counts.plus(next.counts));
    }
  }

  private final Tally tally;
  private final boolean drilled;
  private final Deque<Slice> slices = new ArrayDeque<>();
  private Counts closed = Counts.NONE;

  Series(Tally tally, boolean drilled) {
    this.tally = tally;
    this.drilled = drilled;
  }

  /** Puts what was counted since the last time into a slice. */
  void close(long fromNanos, long toNanos, long windowNanos) {
    Counts sum = tally.sum();
    Counts counts = sum.minus(closed);
    closed = sum;
    if (!counts.isEmpty()) {
      append(new Slice(fromNanos, toNanos, counts), windowNanos / QUIET_PARTS);
    }
    while (!slices.isEmpty() && toNanos - slices.getFirst().toNanos > windowNanos) {
      slices.removeFirst();
    }
  }

  private void append(Slice slice, long quietNanos) {
    Slice last = slices.peekLast();
    boolean join =
        last != null
            && slice.counts.isQuiet()
            && last.counts.isQuiet()
            && slice.toNanos - last.fromNanos <= quietNanos;
    slices.addLast(join ? slices.removeLast().plus(slice) : slice);
    if (slices.size() > MAX_SLICES) {
      slices.removeFirst();
    }
  }

  /** What is not older than the window, the slice that is open included. */
  List<Stratum> strata(long nowNanos, long openSinceNanos, long windowNanos) {
    List<Stratum> strata = new ArrayList<>();
    for (Iterator<Slice> each = slices.iterator(); each.hasNext(); ) {
      Slice slice = each.next();
      if (nowNanos - slice.toNanos <= windowNanos) {
        strata.add(stratum(slice, nowNanos));
      }
    }
    Counts open = tally.sum().minus(closed);
    if (!open.isEmpty()) {
      strata.add(stratum(new Slice(openSinceNanos, nowNanos, open), nowNanos));
    }
    return strata;
  }

  private Stratum stratum(Slice slice, long nowNanos) {
    long newest = Math.max(0, nowNanos - slice.toNanos);
    long oldest = Math.max(newest, nowNanos - slice.fromNanos);
    return new Stratum(oldest, newest, drilled, slice.counts);
  }
}
