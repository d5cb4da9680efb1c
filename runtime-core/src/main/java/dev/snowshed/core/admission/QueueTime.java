package dev.snowshed.core.admission;

/**
 * How long the requests of a function may wait: a burst may use what their deadlines leave, a
 * standing queue only a small part of it.
 *
 * <pre>
 *             wait above the target for longer than the patience
 *   PASSING -------------------------------------------------------> STANDING
 *      ^                                                                |
 *      +------------- nobody has waited for {@link #CALM} targets ------+
 * </pre>
 *
 * <p>As in CoDel (RFC 8289) what counts is not how long the queue is but how long it stays so.
 * Unlike there the interval is learnt. If a standing queue is followed by idle time, what was
 * refused would have found its place: it was a burst, and the patience grows to one and a half times
 * its length. If it lasts for {@link #LONGEST} targets it is overload, and the patience falls back.
 * Not safe for concurrent use; guarded by the controller's lock.
 */
final class QueueTime {
  /** The first patience, in targets. */
  static final double FIRST = 2;

  /** The longest patience, in targets. */
  static final double LONGEST = 40;

  /** How long nobody may have waited before a queue no longer stands, in targets. */
  static final double CALM = Double.parseDouble(System.getProperty("calm","4"));

  /** Arrivals below this part of what could have been served mean idle time. */
  static final double IDLE = Double.parseDouble(System.getProperty("idle","0.5"));

  private static final long NEVER = Long.MIN_VALUE;

  private double targetNanos = 1;
  private double patienceNanos;
  /** Read without the lock, too. */
  private volatile boolean standing;

  /** When the wait rose above the target; {@link #NEVER} while it is below. */
  private long aboveSince = NEVER;

  /** Since when nobody waits; {@link #NEVER} while somebody does. */
  private long calmSince = NEVER;

  private int calmArrivals;

  /**
   * A request comes.
   *
   * @param waitNanos how long it would wait
   * @param targetNanos how long a standing queue may take; above 0
   * @param ratePerSecond how fast requests that wait are let in
   */
  void arrives(double waitNanos, double targetNanos, double ratePerSecond, long nowNanos) {
    this.targetNanos = targetNanos;
    if (standing) {
      calmArrivals++;
      endIfCalm(ratePerSecond, nowNanos);
    } else if (waitNanos <= targetNanos) {
      aboveSince = NEVER;
    } else if (aboveSince == NEVER) {
      aboveSince = nowNanos;
    } else if (nowNanos - aboveSince > patienceNanos()) {
      standing = true;
      calmSince = NEVER;
    }
  }

  /** Somebody has to wait. */
  void waits() {
    calmSince = NEVER;
  }

  /** Nobody waits any more. */
  void calm(long nowNanos) {
    if (calmSince == NEVER) {
      calmSince = nowNanos;
      calmArrivals = 0;
    }
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

  private void endIfCalm(double ratePerSecond, long nowNanos) {
    if (calmSince == NEVER || nowNanos - calmSince <= CALM * targetNanos) {
      return;
    }
    double episode = (double) (calmSince - aboveSince);
    double couldServe = ratePerSecond * (nowNanos - calmSince) / 1e9;
    if (episode > LONGEST * targetNanos) {
      patienceNanos = 0;
    } else if (calmArrivals < IDLE * couldServe) {
      patienceNanos = Math.max(patienceNanos, 1.5 * episode);
    }
    standing = false;
    aboveSince = NEVER;
  }
}
