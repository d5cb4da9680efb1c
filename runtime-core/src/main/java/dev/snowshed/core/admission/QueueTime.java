package dev.snowshed.core.admission;

import dev.snowshed.core.limit.Tuning;
import dev.snowshed.core.limit.Tuning.Parameter;

/**
 * How long the requests of a function may wait: a burst may use what their deadlines leave, a
 * standing queue only a small part of it.
 *
 * <pre>
 *             wait above the target for longer than the patience, and not falling
 *   PASSING ----------------------------------------------------------------------> STANDING
 *      ^                                                                               |
 *      +---------------- nobody refused for some targets ---------------------+
 * </pre>
 *
 * <p>As in CoDel (RFC 8289) what counts is not how long the queue is but how long it stays so. Time
 * in which nobody is served, as in a pause of the garbage collector, says nothing. Unlike in CoDel
 * the interval is learnt. If a standing queue is followed by idle time, and half of what was
 * refused could have been served within its deadlines, it was a burst, and the patience grows to
 * one and a half times its length. If more was refused, or it lasts for many targets, it is
 * overload, and the patience falls back. Not safe for concurrent use; guarded by the controller's
 * lock.
 */
final class QueueTime {
  private static final long NEVER = Long.MIN_VALUE;

  /** So many parts of the patience show how the queue changes. */
  private static final int PARTS = 4;

  private final Tuning tuning;
  private double targetNanos = 1;
  private double spanNanos;
  private double patienceNanos;

  /** Read without the lock, too. */
  private volatile boolean standing;

  /** When the wait rose above the target; {@link #NEVER} while it is below. */
  private long aboveSince = NEVER;

  /** Requests that came, that were let in, and that were refused, since then. */
  private int arrivals;

  private int served;
  private int refused;

  /** When the present part of that time began, and how many had come and been let in then. */
  private long partSince;

  private int arrivalsBefore;
  private int servedBefore;

  /** Whether fewer came than were let in, in the part before. */
  private boolean drains;

  private long servedAt;
  private long longestGapNanos;

  /** When somebody was last refused, while the queue stands. */
  private long calmSince;

  QueueTime(Tuning tuning) {
    this.tuning = tuning;
  }

  /**
   * A request comes.
   *
   * @param waitNanos how long it would wait
   * @param targetNanos how long a standing queue may take; above 0
   * @param spanNanos how much time requests have when they come; above 0
   * @param ratePerSecond how fast requests that wait are let in
   */
  void arrives(
      double waitNanos, double targetNanos, double spanNanos, double ratePerSecond, long nowNanos) {
    this.targetNanos = targetNanos;
    this.spanNanos = spanNanos;
    arrivals++;
    if (standing) {
      endIfCalm(ratePerSecond, nowNanos);
    } else if (waitNanos <= targetNanos) {
      aboveSince = NEVER;
    } else if (aboveSince == NEVER) {
      count(nowNanos);
    } else {
      if (nowNanos - partSince > patienceNanos() / PARTS) {
        endPart(nowNanos);
      }
      if (nowNanos - aboveSince > patienceNanos() && !drains) {
        judge(ratePerSecond, nowNanos);
      }
    }
  }

  /** One that waited has been let in. */
  void served(long nowNanos) {
    served++;
    longestGapNanos = Math.max(longestGapNanos, nowNanos - servedAt);
    servedAt = nowNanos;
  }

  /** Somebody was refused. */
  void refused(long nowNanos) {
    calmSince = nowNanos;
    refused++;
    if (standing) {
      arrivals = 0;
    }
  }

  private void count(long nowNanos) {
    aboveSince = nowNanos;
    refused = 0;
    servedAt = nowNanos;
    longestGapNanos = 0;
    arrivals = 0;
    served = 0;
    endPart(nowNanos);
    drains = false;
  }

  /** What chance could do, one standard deviation, does not count as draining. */
  private void endPart(long nowNanos) {
    int out = served - servedBefore;
    drains = out - (arrivals - arrivalsBefore) > Math.sqrt(out);
    partSince = nowNanos;
    arrivalsBefore = arrivals;
    servedBefore = served;
  }

  /** The patience is over. */
  private void judge(double ratePerSecond, long nowNanos) {
    double usualGapNanos = 1e9 / Math.max(ratePerSecond, 1e-9);
    boolean paused =
        Math.max(longestGapNanos, nowNanos - servedAt)
            > Math.max(
                tuning.get(Parameter.PAUSED) * patienceNanos(),
                tuning.get(Parameter.PAUSED_GAPS) * usualGapNanos);
    if (paused || arrivals < served) {
      count(nowNanos);
    } else {
      standing = true;
      calmSince = nowNanos;
      arrivals = 0;
    }
  }

  /** Whether the queue stands, and its target is what it may take. */
  boolean isStanding() {
    return standing;
  }

  /** How long the wait may be above the target before the queue counts as standing. */
  double patienceNanos() {
    return Math.max(patienceNanos, tuning.get(Parameter.PATIENCE) * targetNanos);
  }

  double targetNanos() {
    return targetNanos;
  }

  private void endIfCalm(double ratePerSecond, long nowNanos) {
    double calm = (double) (nowNanos - calmSince);
    if (calm <= tuning.get(Parameter.CALM) * targetNanos) {
      return;
    }
    double episode = (double) (calmSince - aboveSince);
    boolean isOverload =
        episode > tuning.get(Parameter.LONGEST_BURST) * targetNanos
            || refused * 1e9 > tuning.get(Parameter.LARGEST_BURST) * spanNanos * ratePerSecond;
    if (isOverload) {
      patienceNanos = 0;
    } else if (arrivals < tuning.get(Parameter.IDLE) * ratePerSecond * calm / 1e9) {
      patienceNanos = Math.max(patienceNanos, tuning.get(Parameter.LEARNT) * episode);
    }
    standing = false;
    aboveSince = NEVER;
  }
}
