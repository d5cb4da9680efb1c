package dev.snowshed.runtime.signals;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How fast a counter has grown over the last while. Until that while has passed, what came before
 * the first look counts as no growth. Not safe for concurrent use.
 */
public final class Growth {
  private static final double NANOS_PER_SECOND = 1e9;

  private final long windowNanos;
  private final Deque<Look> looks = new ArrayDeque<>();

  private record Look(long value, long atNanos) {}

  /**
   * No growth yet.
   *
   * @param windowNanos over how long; above 0
   */
  public Growth(long windowNanos) {
    this.windowNanos = windowNanos;
  }

  /**
   * Takes the counter's value.
   *
   * @param value now; never less than before
   * @param nowNanos later than before
   */
  public void look(long value, long nowNanos) {
    looks.addLast(new Look(value, nowNanos));
    while (looks.size() > 2 && secondIsOldEnough(nowNanos)) {
      looks.removeFirst();
    }
  }

  private boolean secondIsOldEnough(long nowNanos) {
    Look first = looks.removeFirst();
    boolean old = nowNanos - looks.getFirst().atNanos() >= windowNanos;
    looks.addFirst(first);
    return old;
  }

  /** In units of the counter per second; 0 or more. */
  public double perSecond() {
    if (looks.size() < 2) {
      return 0;
    }
    Look first = looks.getFirst();
    Look last = looks.getLast();
    double elapsed = Math.max(windowNanos, last.atNanos() - first.atNanos());
    return Math.max(0, last.value() - first.value()) * NANOS_PER_SECOND / elapsed;
  }
}
