package dev.snowshed.core.limit;

import dev.snowshed.core.limit.LimitDecision.Reason;
import dev.snowshed.core.stats.Moments;

/**
 * How many requests of one function may run at once.
 *
 * <p>The law works in rounds, and learns only while requests wait because of the limit. Then
 *
 * <ul>
 *   <li>processors that were never without a waiting task say that the limit is high enough, and by
 *       how much it is too high (as in dynamic queue limits, Linux 3.3);
 *   <li>else the throughput under this limit is compared with that under another one by {@link
 *       LevelTest}: if more at once bring no more, something that nobody sees is full, and the
 *       limit goes to the knee, the level at which the throughput found would have had the run time
 *       of the lower level;
 *   <li>else the limit grows by half.
 * </ul>
 *
 * <p>Where the lower level was full itself, lower ones are tried until throughput falls. The knee is
 * held, and looked for again after a pause that doubles each time, or as soon as the run time at it
 * has changed. Not safe for concurrent use, but for {@link #limit} and {@link #last}.
 */
public final class ConcurrencyLimit {
  private static final double GROWTH = 1.5;
  private static final double PROBE = 1.25;
  private static final double BACK = 0.8;
  private static final double KNEE_FOUND = 1.1;
  private static final double HEADROOM = 1.2;
  private static final double CHANGED = 1.5;
  private static final int ROUND = 32;
  private static final int LONGEST_TEST = 500;
  private static final int REMEMBERED_RUNS = 200;
  private static final double LEAST_VARIATION = 0.25;
  private static final long FIRST_PAUSE_NANOS = 1_000_000_000;
  private static final long LONGEST_PAUSE_NANOS = 32_000_000_000L;
  private static final long NEVER = Long.MIN_VALUE;
  static final boolean DBG = Boolean.getBoolean("dbg"); //DBG

  private final int most;
  private volatile int limit;
  private volatile LimitDecision last;
  private final Moments runs = new Moments();

  private Level level = new Level();

  /** From when on completions tell of the present limit. */
  private long settledAt;

  private long lastCompletion = NEVER;
  private int completions;
  private int leastRunQueue = Integer.MAX_VALUE;

  /** The limit that the present one is compared with; 0 if there is none. */
  private int referenceLimit;

  private Level reference = new Level();

  /** Whether the present limit is lower than the one that it is compared with. */
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
   * A request has completed while others waited for its place.
   *
   * @param runNanos how long it ran
   * @param inflight how many were in flight, itself among them
   * @param runQueue how many tasks waited for a processor
   * @param enough how many of them keep the processors busy
   */
  public void completedLimited(
      double runNanos, int inflight, int runQueue, int enough, long nowNanos) {
    runs.keepAtMost(REMEMBERED_RUNS);
    runs.add(runNanos);
    if (inflight < limit) {
      unlimited();
    } else if (nowNanos >= settledAt && inflight == limit) {
      if (lastCompletion != NEVER) {
        if (DBG && nowNanos-lastCompletion>30e6) System.out.printf("-> gap %.3f %.1f run=%.1f rq=%d%n", nowNanos/1e9,(nowNanos-lastCompletion)/1e6, runNanos/1e6, runQueue); //DBG
        level.add((double) (nowNanos - lastCompletion), inflight);
        completions++;
        leastRunQueue = Math.min(leastRunQueue, runQueue);
      }
      lastCompletion = nowNanos;
    }
    if (completions >= ROUND) {
      decide(nowNanos, enough);
    }
  }

  /** Nobody waits for a place any more: what follows teaches nothing. */
  public void unlimited() {
    lastCompletion = NEVER;
  }

  private void decide(long nowNanos, int enough) {
    int old = limit;
    Reason reason = learn(nowNanos, enough);
    if (DBG) System.out.printf("%.3f %d->%d %s n=%.0f r=%.1f lvl=%.1f ref=%.1f/%.1f rq=%d down=%b hold=%b c2=%.2f%n", nowNanos/1e9, old, limit, reason, level.completions(), level.runNanos()/1e6, level.inflight(), reference.runNanos()/1e6, reference.inflight(), leastRunQueue, down, holding, variation()); //DBG
    last = new LimitDecision(old, limit, reason);
    completions = 0;
    leastRunQueue = Integer.MAX_VALUE;
    if (limit != old) {
      settledAt = nowNanos + (long) Math.max(runs.mean(), level.runNanos());
      level = new Level();
      lastCompletion = NEVER;
    }
  }

  private double variation() {
    return Math.max(LEAST_VARIATION, runs.variance() / (runs.mean() * runs.mean()));
  }

  private Reason learn(long nowNanos, int enough) {
    if (leastRunQueue > 0) {
      return processorsBusy(enough);
    }
    if (holding) {
      return hold(nowNanos);
    }
    if (referenceLimit == 0) {
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
    if (reason == Reason.FLAT || referenceLimit == 0) {
      refer();
    }
    moveTo((int) Math.ceil(limit * GROWTH));
    return reason;
  }

  private Reason judgeUp(long nowNanos) {
    return switch (LevelTest.verdict(reference, level, variation())) {
      case FLAT -> grow(Reason.FLAT);
      case UNDECIDED -> grow(Reason.GROWING);
      case SATURATED -> {
        double knee = LevelTest.knee(reference, level);
        if (knee > referenceLimit * KNEE_FOUND) {
          holdAt(nowNanos, (int) Math.ceil(knee * HEADROOM));
        } else {
          // the lower level may be too high itself
          down = true;
          moveTo((int) (referenceLimit * BACK));
        }
        yield Reason.SATURATED;
      }
    };
  }

  private Reason judgeDown(long nowNanos) {
    LevelTest.Verdict verdict = LevelTest.verdict(level, reference, variation());
    if (verdict == LevelTest.Verdict.SATURATED && limit > 1) {
      refer();
      down = true;
      moveTo((int) (limit * BACK));
      return Reason.SATURATED;
    }
    if (verdict != LevelTest.Verdict.UNDECIDED || level.completions() > LONGEST_TEST) {
      double knee = LevelTest.knee(level, reference);
      holdAt(nowNanos, Math.min(referenceLimit, (int) Math.ceil(knee * HEADROOM)));
    }
    return Reason.HOLDING;
  }

  private void holdAt(long nowNanos, int to) {
    moveTo(to);
    forgetReference();
    holding = true;
    heldRunNanos = 0;
    testAgainAt = nowNanos + pauseNanos;
    pauseNanos = Math.min(LONGEST_PAUSE_NANOS, 2 * pauseNanos);
  }

  private Reason hold(long nowNanos) {
    double run = level.runNanos();
    if (heldRunNanos == 0) {
      heldRunNanos = run;
    }
    boolean changed = run > heldRunNanos * CHANGED || run < heldRunNanos / CHANGED;
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
    referenceLimit = limit;
    reference = level;
    down = false;
  }

  private void forgetReference() {
    referenceLimit = 0;
    down = false;
    holding = false;
  }

  private void moveTo(int to) {
    limit = Math.max(1, Math.min(most, to));
  }
}
