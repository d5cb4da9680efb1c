package dev.snowshed.core.limit;

import dev.snowshed.core.limit.LimitDecision.Reason;
import dev.snowshed.core.stats.Moments;

/**
 * How many requests of one function may run at once.
 *
 * <p>The law works in rounds. A round lasts until enough requests have run wholly under the present
 * limit. It teaches something only if requests had to wait because of the limit. Then
 *
 * <ul>
 *   <li>processors that were never without a waiting task say that the limit is high enough, and by
 *       how much it is too high (as in dynamic queue limits, Linux 3.3);
 *   <li>else the run times under this limit are compared with those under a lower one by {@link
 *       LevelTest}: if each got slower by as much as there were more, something that nobody sees is
 *       full, and the limit goes to the knee, the number at which the throughput found would have
 *       had the run time of the lower level;
 *   <li>else the limit grows by half.
 * </ul>
 *
 * <p>A knee is held, and tested again after a pause that doubles each time it is confirmed, or as
 * soon as the run time at it has changed. Not safe for concurrent use, but for {@link #limit}.
 */
public final class ConcurrencyLimit {
  private static final double GROWTH = 1.5;
  private static final double PROBE = 1.25;
  private static final double BACK = 0.8;
  private static final double CHANGED = 1.5;
  private static final int ROUND_RUNS = 16;
  private static final double MOST_RUNS = 1000;
  private static final long FIRST_PAUSE_NANOS = 1_000_000_000;
  private static final long LONGEST_PAUSE_NANOS = 32_000_000_000L;

  private final int most;
  private volatile int limit;
  private volatile LimitDecision last;

  private Moments runs = new Moments();
  private long since;
  private boolean limited;
  private int leastRunQueue = Integer.MAX_VALUE;
  private int highestInflight;

  /** The level that the present one is compared with; 0 if there is none. */
  private double referenceLevel;

  private Moments reference = new Moments();

  /** Whether the present level is lower than the one that it is compared with. */
  private boolean down;

  private boolean holding;
  private long testAgainAt;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private double heldRunNanos;

  /**
   * A limit that has learnt nothing.
   *
   * @param initial to begin with; 1 or more
   * @param most never more than this; {@code initial} or more
   */
  public ConcurrencyLimit(int initial, int most) {
    this.most = most;
    this.limit = initial;
    this.last = new LimitDecision(initial, initial, Reason.INITIAL);
  }

  /** How many may run at once; from 1 to the most. Safe for concurrent use. */
  public int limit() {
    return limit;
  }

  /** The last decision. Safe for concurrent use. */
  public LimitDecision last() {
    return last;
  }

  /**
   * A request had to wait because so many ran.
   *
   * @param runQueue how many tasks waited for a processor meanwhile
   */
  public void limited(int runQueue) {
    limited = true;
    leastRunQueue = Math.min(leastRunQueue, runQueue);
  }

  /**
   * A request has run.
   *
   * @param startedNanos when it was let in
   * @param inflight how many ran then, itself among them
   * @param runNanos how long it took, without the wait for its start
   */
  public void ran(long startedNanos, int inflight, double runNanos) {
    highestInflight = Math.max(highestInflight, inflight);
    if (startedNanos >= since && inflight * GROWTH > limit && runNanos > 0) {
      runs.add(runNanos);
    }
  }

  /** Whether {@link #decide} would end a round. */
  public boolean isRoundOver(long nowNanos) {
    return runs.count() >= ROUND_RUNS && nowNanos - since >= runs.mean();
  }

  /**
   * Ends a round.
   *
   * @param enough how many tasks that wait for a processor keep them all busy
   */
  public LimitDecision decide(long nowNanos, int enough) {
    int old = limit;
    Reason reason = limited ? learn(nowNanos, enough) : Reason.APP_LIMITED;
    last = new LimitDecision(old, limit, reason);
    limited = false;
    leastRunQueue = Integer.MAX_VALUE;
    highestInflight = 0;
    if (limit != old) {
      runs = new Moments();
      since = nowNanos;
    } else {
      runs.keepAtMost(MOST_RUNS);
    }
    return last;
  }

  private Reason learn(long nowNanos, int enough) {
    if (leastRunQueue > 0) {
      return processorsBusy(enough);
    }
    if (holding) {
      return hold(nowNanos);
    }
    if (referenceLevel == 0) {
      return grow(Reason.GROWING);
    }
    return down ? judgeDown(nowNanos) : judgeUp(nowNanos);
  }

  private Reason processorsBusy(int enough) {
    forgetReference();
    if (leastRunQueue <= enough) {
      return Reason.PROCESSORS_BUSY;
    }
    moveTo(limit - (leastRunQueue - enough));
    return Reason.RUN_QUEUE;
  }

  private Reason grow(Reason reason) {
    if (reason == Reason.FLAT || referenceLevel == 0) {
      refer();
    }
    moveTo((int) Math.ceil(limit * GROWTH));
    return reason;
  }

  private Reason judgeUp(long nowNanos) {
    return switch (LevelTest.verdict(referenceLevel, reference, limit, runs)) {
      case FLAT -> grow(Reason.FLAT);
      case UNDECIDED -> grow(Reason.GROWING);
      case SATURATED -> {
        double knee = limit * reference.mean() / runs.mean();
        if (knee > referenceLevel * 1.05) {
          holdAt(nowNanos, (int) Math.ceil(knee * 1.1));
        } else {
          // the lower level was full itself
          int from = (int) referenceLevel;
          down = true;
          moveTo((int) (from * BACK));
        }
        yield Reason.SATURATED;
      }
    };
  }

  private Reason judgeDown(long nowNanos) {
    return switch (LevelTest.verdict(limit, runs, referenceLevel, reference)) {
      case SATURATED -> {
        refer();
        moveTo((int) (limit * BACK));
        yield Reason.SATURATED;
      }
      case FLAT -> {
        holdAt(nowNanos, (int) referenceLevel);
        yield Reason.FLAT;
      }
      case UNDECIDED -> {
        if (runs.count() > MOST_RUNS / 2) {
          holdAt(nowNanos, (int) referenceLevel);
        }
        yield Reason.HOLDING;
      }
    };
  }

  private void holdAt(long nowNanos, int level) {
    moveTo(level);
    forgetReference();
    holding = true;
    heldRunNanos = 0;
    testAgainAt = nowNanos + pauseNanos;
    pauseNanos = Math.min(LONGEST_PAUSE_NANOS, 2 * pauseNanos);
  }

  private Reason hold(long nowNanos) {
    if (heldRunNanos == 0) {
      heldRunNanos = runs.mean();
    }
    boolean changed = runs.mean() > heldRunNanos * CHANGED || runs.mean() < heldRunNanos / CHANGED;
    if (changed) {
      pauseNanos = FIRST_PAUSE_NANOS;
    }
    if (!changed && nowNanos < testAgainAt) {
      return Reason.HOLDING;
    }
    holding = false;
    refer();
    moveTo((int) Math.ceil(limit * PROBE));
    return Reason.GROWING;
  }

  private void refer() {
    referenceLevel = limit;
    reference = runs;
    down = false;
  }

  private void forgetReference() {
    referenceLevel = 0;
    down = false;
    holding = false;
  }

  private void moveTo(int level) {
    limit = Math.max(1, Math.min(most, level));
  }
}
