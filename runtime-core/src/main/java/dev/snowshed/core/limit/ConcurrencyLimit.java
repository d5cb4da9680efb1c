package dev.snowshed.core.limit;

import dev.snowshed.core.limit.LimitDecision.Reason;

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
 * <p>Where the lower level was full itself, lower ones are tried until throughput falls. The knee
 * is held, and looked for again after a pause that doubles each time, or as soon as the run time at
 * it has changed. Not safe for concurrent use, but for {@link #limit} and {@link #last}.
 */
public final class ConcurrencyLimit {
  private static final double GROWTH = Double.parseDouble(System.getProperty("growth", "2"));
  private static final double PROBE = 1.5;
  private static final double BACK = Double.parseDouble(System.getProperty("back", "0.5"));
  private static final double KNEE_FOUND = 1.5;
  private static final double HEADROOM = 1.5;
  private static final double CHANGED = 1.5;
  private static final double STALE_RUNS = 10;
  private static final double RUN_MEMORY = 32;
  private static final long NEVER = Long.MIN_VALUE;
  private static final int FEED = 32;
  private static final double FED = 1.25;
  private static final double STANDING_RUNS = 2;
  private static final int ROUND = Integer.getInteger("round", 16);
  private static final int PATIENT = 64;
  private static final int LONGEST_TEST = 128;
  private static final long FIRST_PAUSE_NANOS = 1_000_000_000;
  private static final long LONGEST_PAUSE_NANOS = 32_000_000_000L;
  static final boolean DBG = Boolean.getBoolean("dbg"); // DBG

  private final int most;
  private volatile int limit;
  private volatile LimitDecision last;

  private Level level = new Level();

  /** From when on completions tell of the present limit. */
  private long settledAt = NEVER;

  private int completions;
  private long fellAt;
  private long lastNanos;
  private double lastRunNanos;

  /** Where the limit is going; above it while it rises. */
  private int target;

  /** How much of the next step up has been earned. */
  private double credit;

  private int leastRunQueue = Integer.MAX_VALUE;

  /** The limit that the present one is compared with; 0 if there is none. */
  private int referenceLimit;

  private Level reference = new Level();

  /** Whether the present limit is lower than the one that it is compared with. */
  private boolean down;

  /** Whether the processors are what bounds it. */
  private boolean processorBound;

  private boolean holding;

  /** Whether the present limit is only a look above one that was held. */
  private boolean probing;

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
    this.target = initial;
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
   * @param inflight how many are in flight, itself among them
   * @param inflightAtStart how many were when it was let in, itself among them
   * @param runQueue how many tasks waited for a processor
   * @param waits whether its function waits for other things than processors
   * @param watch tells since when there have been too many
   */
  public void completedLimited(
      double runNanos,
      int inflight,
      int inflightAtStart,
      int runQueue,
      boolean waits,
      RunQueueWatch watch,
      long nowNanos) {
    lastRunNanos += (runNanos - lastRunNanos) / RUN_MEMORY;
    if (waits && fallsBehindProcessors(watch, inflight, nowNanos)) {
      return;
    }
    if (limit < target) {
      climb();
    } else if (inflight == limit) {
      if (nowNanos - lastNanos > STALE_RUNS * lastRunNanos) {
        begin();
      }
      lastNanos = nowNanos;
      if (settledAt == NEVER) {
        settledAt = nowNanos + (long) lastRunNanos;
      } else if (nowNanos >= settledAt) {
        measure(runNanos, inflightAtStart, runQueue);
      }
      if (isRoundOver()) {
        decide(nowNanos);
      }
    }
  }

  /**
   * Falls, from the number that runs, if too many tasks waited for the processors during whole
   * runs: what is let in at once comes back at once, so that less time says nothing.
   *
   * @return whether it fell
   */
  private boolean fallsBehindProcessors(RunQueueWatch runQueue, int inflight, long nowNanos) {
    long long_ = (long) (STANDING_RUNS * lastRunNanos);
    int excess = nowNanos - fellAt < long_ ? 0 : runQueue.excessSince(nowNanos - long_);
    if (excess == 0) {
      return false;
    }
    fellAt = nowNanos;
    int old = limit;
    holdAt(nowNanos, Math.min(limit, inflight) - (excess + 1) / 2);
    processorBound = true;
    last = new LimitDecision(old, target, Reason.RUN_QUEUE);
    limit = target;
    settle();
    if (DBG) System.out.printf("%.3f rq %d -> %d%n", nowNanos / 1e9, old, target); // DBG
    return true;
  }

  /** What was measured before is too old to compare with. */
  private void begin() {
    settle();
    if (!holding) {
      forgetReference();
    }
  }

  /** Rises with each completion, as slow start does with each acknowledgement. */
  private void climb() {
    credit += GROWTH - 1;
    while (credit >= 1 && limit < target) {
      credit--;
      int next = limit + 1;
      limit = next;
    }
    if (limit >= target) {
      settle();
    }
  }

  private void measure(double runNanos, int inflight, int runQueue) {
    if (completions == 0) {
      leastRunQueue = Integer.MAX_VALUE;
    }
    level.add(inflight, runNanos);
    completions++;
    leastRunQueue = Math.min(leastRunQueue, runQueue);
  }

  private boolean isRoundOver() {
    return completions >= ROUND;
  }

  /** Runs that began under another limit have to end first. */
  private void settle() {
    settledAt = NEVER;
    level = new Level();
    completions = 0;
  }

  private void decide(long nowNanos) {
    int old = limit;
    if (DBG)
      System.out.printf(
          "%.3f L=%d n=%.0f r=%.1f lvl=%.1f ref=%.1f/%.1f rq=%d down=%b hold=%b cpu=%b ",
          nowNanos / 1e9,
          old,
          level.completions(),
          level.runNanos() / 1e6,
          level.inflight(),
          reference.runNanos() / 1e6,
          reference.inflight(),
          leastRunQueue,
          down,
          holding,
          processorBound); // DBG
    Reason reason = learn(nowNanos);
    if (DBG) System.out.printf("->%d %s%n", target, reason); // DBG
    completions = 0;
    last = new LimitDecision(old, target, reason);
    if (target < limit) {
      limit = target;
      settle();
    }
  }

  private Reason learn(long nowNanos) {
    if (holding) {
      return hold(nowNanos);
    }
    if (referenceLimit == 0) {
      return growUndecided();
    }
    return down ? judgeDown(nowNanos) : judgeUp(nowNanos);
  }

  private Reason grow(Reason reason) {
    if (reason == Reason.FLAT || referenceLimit == 0) {
      refer();
    }
    moveTo((int) Math.ceil(limit * GROWTH));
    return reason;
  }

  private Reason judgeUp(long nowNanos) {
    return switch (LevelTest.verdict(reference, level)) {
      case FLAT, CHANGED -> grow(Reason.FLAT);
      case UNDECIDED -> probing ? awaitVerdict(nowNanos) : growUndecided();
      case SATURATED -> {
        if (probing) {
          holdAt(nowNanos, referenceLimit);
        } else if (LevelTest.knee(reference, level) > referenceLimit * KNEE_FOUND) {
          holdAt(nowNanos, headroom(reference, level));
        } else {
          // the lower level may be too high itself
          down = true;
          moveTo((int) (referenceLimit * BACK));
        }
        yield Reason.SATURATED;
      }
    };
  }

  private Reason growUndecided() {
    return level.completions() < PATIENT ? Reason.GROWING : grow(Reason.GROWING);
  }

  private Reason awaitVerdict(long nowNanos) {
    if (level.completions() > LONGEST_TEST) {
      holdAt(nowNanos, referenceLimit);
    }
    return Reason.HOLDING;
  }

  private Reason judgeDown(long nowNanos) {
    return switch (LevelTest.verdict(level, reference)) {
      case CHANGED -> {
        forgetReference();
        yield grow(Reason.GROWING);
      }
      case SATURATED -> {
        refer();
        down = true;
        moveTo((int) (limit * BACK));
        yield Reason.SATURATED;
      }
      case FLAT -> endDown(nowNanos);
      case UNDECIDED -> level.completions() > LONGEST_TEST ? endDown(nowNanos) : Reason.HOLDING;
    };
  }

  private Reason endDown(long nowNanos) {
    holdAt(nowNanos, headroom(level, reference));
    return Reason.HOLDING;
  }

  private static int headroom(Level low, Level high) {
    return (int) Math.ceil(HEADROOM * LevelTest.knee(low, high));
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
      return processorBound ? feed(run) : Reason.HOLDING;
    }
    refer();
    probing = !changed;
    moveTo((int) Math.ceil(limit * PROBE));
    return Reason.GROWING;
  }

  /** Steps up while the processors run dry and runs get no longer for it. */
  private Reason feed(double run) {
    if (leastRunQueue > 0) {
      return Reason.PROCESSORS_BUSY;
    }
    if (run > heldRunNanos * FED) {
      return Reason.HOLDING;
    }
    moveTo(limit + Math.max(1, limit / FEED));
    return Reason.GROWING;
  }

  private void refer() {
    referenceLimit = limit;
    reference = level;
    down = false;
    holding = false;
    probing = false;
    processorBound = false;
  }

  private void forgetReference() {
    referenceLimit = 0;
    down = false;
    holding = false;
    probing = false;
    processorBound = false;
  }

  private void moveTo(int to) {
    target = Math.max(1, Math.min(most, to));
  }
}
