package dev.snowshed.core.admission;

/**
 * How long the requests of a function may wait: a burst may use what their deadlines leave, a
 * standing queue only a small part of it.
 *
 * <pre>
 *             wait above the target for longer than the patience
 *   PASSING -------------------------------------------------------> STANDING
 *      ^                                                                |
 *      +----------- nobody refused, wait below half the target ---------+
 *                       for as long as the first patience
 * </pre>
 *
 * <p>As in CoDel (RFC 8289) what counts is not how long the queue is but how long it stays so.
 * Unlike there the interval is learnt: an episode that ended by itself shows that bursts of its
 * length drain, so the patience grows to one and a half times its length; one that does not end
 * within {@link #LONGEST} targets shows that it is overload, and the patience falls back. Not safe
 * for concurrent use; guarded by the controller's lock.
 */
final class QueueTime {
  /** The first patience, in targets. */
  static final double FIRST = 2;

  /** The longest patience, in targets. */
  static final double LONGEST = 40;

  private static final long NEVER = Long.MIN_VALUE;

  private double targetNanos = 1;
  private double patienceNanos;
  private boolean standing;

  /** When the wait rose above the target; {@link #NEVER} while it is below. */
  private long aboveSince = NEVER;

  /** Since when nobody was refused and the wait was below half the target. */
  private long calmSince = NEVER;

  /**
   * Looks at the wait.
   *
   * @param waitNanos how long a request that comes now would wait
   * @param targetNanos how long a standing queue may take; above 0
   */
  void observe(double waitNanos, double targetNanos, long nowNanos) {
    this.targetNanos = targetNanos;
    if (standing) {
      endIfCalm(waitNanos, nowNanos);
    } else if (waitNanos <= targetNanos) {
      endEpisode(nowNanos);
    } else if (aboveSince == NEVER) {
      aboveSince = nowNanos;
    } else if (nowNanos - aboveSince > patienceNanos()) {
      standing = true;
      calmSince = NEVER;
    }
  }

  /** Somebody was refused because the wait would have been too long. */
  void refused() {
    calmSince = NEVER;
  }

  /** Whether the queue stands, and its target is what it may take. */
  boolean isStanding() {
    return standing;
  }

  /** How long the wait may be above the target before the queue counts as standing. */
  double patienceNanos() {
    return Math.max(patienceNanos, FIRST * targetNanos);
  }

  double targetNanos() {
    return targetNanos;
  }

  private void endEpisode(long endNanos) {
    if (aboveSince != NEVER) {
      double episode = endNanos - aboveSince;
      boolean overload = episode > LONGEST * targetNanos;
      patienceNanos = overload ? 0 : Math.max(patienceNanos, 1.5 * episode);
      aboveSince = NEVER;
    }
  }

  private void endIfCalm(double waitNanos, long nowNanos) {
    if (waitNanos > targetNanos / 2) {
      calmSince = NEVER;
    } else if (calmSince == NEVER) {
      calmSince = nowNanos;
    } else if (nowNanos - calmSince > FIRST * targetNanos) {
      standing = false;
      endEpisode(calmSince);
    }
  }
}
