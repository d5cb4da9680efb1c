package dev.snowshed.core.limit;

import dev.snowshed.core.limit.LevelTest.Verdict;
import dev.snowshed.core.limit.LimitDecision.Reason;
import dev.snowshed.core.limit.Tuning.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * How many requests of one function may run at once.
 *
 * <p>It learns only while requests wait because of the limit: what passes without waiting says
 * nothing about what would be too much. Then the run time under this limit is compared with that
 * under another one by {@link LevelTest}.
 *
 * <pre>
 *   GROWING --more at once only made each slower--> LOWERING --fewer made each faster, again--+
 *     ^  ^                                             |  ^-----------------------------------+
 *     |  |                                             | fewer made none faster
 *     |  +----what was known no longer holds-----------+----------+
 *     |                                                           v
 *     +--more at once were no slower-- PROBING &lt;--after a pause-- HOLDING
 *                                        |                        ^
 *                                        +-------slower-----------+
 *
 *   from any, when most runs are cut: --> LOWERING; and when they no longer are, although no fewer
 *   run or far sooner than fewer explain: --> HOLDING where it came from
 *
 *   from any, when too many tasks wait for the processors:  --> FEEDING, a HOLDING that rises
 *   while the processors run dry
 * </pre>
 *
 * <ul>
 *   <li>It grows as slow start does (RFC 5681): with each completion, twofold within one run, so
 *       that what is let in together stays small.
 *   <li>What is held is above the knee, the level at which the throughput found has the run time of
 *       a lower, empty level: too high costs a short wait behind the function instead of in front
 *       of it, too low costs throughput.
 *   <li>The pause between two looks doubles each time the knee is confirmed.
 *   <li>While other threads than those of the run queue keep the processors full, nothing is gained
 *       by more at once: above the initial limit it compares downwards first, and it looks upwards
 *       as rarely as it ever does.
 *   <li>Processors that had tasks waiting all the time say by how much the limit is too high, as
 *       the slack of dynamic queue limits does (Herbert, Linux 3.3).
 * </ul>
 *
 * <p>Not safe for concurrent use, but for {@link #limit} and {@link #last}.
 */
public final class ConcurrencyLimit {
  private static final double SECOND = 1e9;
  private static final long NEVER = Long.MIN_VALUE;

  private enum Phase {
    GROWING,
    LOWERING,
    HOLDING,
    FEEDING,
    PROBING
  }

  private final Tuning tuning;
  private final int initial;
  private final int most;

  private volatile int limit;
  private volatile LimitDecision last;

  private Phase phase = Phase.GROWING;

  /** Where the limit is going; above it while it rises. */
  private int target;

  /** Whether the processors were full at the last decision, and no run queue said so. */
  private boolean full;

  /** How much of the next step up has been earned. */
  private double credit;

  private Level level;

  /** Completions at this level since the last decision. */
  private int completions;

  /** How many of them were not cut. */
  private int done;

  private int leastRunQueue = Integer.MAX_VALUE;

  /** When as many ran as the present limit lets; {@link #NEVER} until then. */
  private long reachedAt = NEVER;

  /**
   * From when on completions tell of the present limit. Before, only short ones of those that began
   * under it can have ended.
   */
  private long settledAt;

  private long lastMeasuredAt;
  private double recentRunNanos;

  /** Over how many runs that is a mean. */
  private double runs;

  /** The limit that the present one is compared with; 0 if there is none. */
  private int referenceLimit;

  private Level reference;

  /** How it ran while the limit kept nobody out. */
  private Level free;

  /** When a run last ended so; {@link #NEVER} if none has. */
  private long freeAt = NEVER;

  /** How it ran at first at the knee that is held; null until that is known. */
  private @Nullable Level held;

  /** Whether most runs at this level were cut before it was last looked at. */
  private boolean wasLost;

  /** Where the lowering began. */
  private int loweredFrom;

  private long testAgainAt;
  private double pauseNanos;

  /** When it last fell behind the processors; {@link #NEVER} if it has not. */
  private long fellAt = NEVER;

  /**
   * A limit that has learnt nothing.
   *
   * @param initial to begin with; 1 or more
   * @param most never more than this; {@code initial} or more
   * @param tuning the constants
   */
  public ConcurrencyLimit(int initial, int most, Tuning tuning) {
    this.initial = initial;
    this.most = most;
    this.tuning = tuning;
    this.limit = initial;
    this.target = initial;
    this.last = new LimitDecision(initial, initial, Reason.INITIAL);
    this.pauseNanos = firstPauseNanos();
    this.level = newLevel();
    this.reference = newLevel();
    this.free = newLevel();
  }

  private Level newLevel() {
    return new Level(tuning.get(Parameter.LEVEL_MEMORY));
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
   * A run that ended.
   *
   * @param runNanos how long it took; above 0
   * @param inflight how many are in flight, itself among them
   * @param inflightAtStart how many were when it was let in, itself among them
   * @param runQueue how many tasks wait for a processor
   * @param waits whether its function waits for other things than processors
   * @param isDone whether it came to its end, and was not cut at its deadline
   */
  public record Completion(
      double runNanos,
      int inflight,
      int inflightAtStart,
      int runQueue,
      boolean waits,
      boolean isDone) {}

  /**
   * A run has ended while others waited for its place, or were refused for lack of it.
   *
   * @param run which
   * @param watch tells what has kept the processors busy
   */
  public void completed(Completion run, ProcessorWatch watch, long nowNanos) {
    if (!(run.runNanos > 0)) {
      return;
    }
    runs = Math.min(runs + 1, tuning.get(Parameter.SMOOTHING));
    recentRunNanos += (run.runNanos - recentRunNanos) / runs;
    if (run.waits && fallsBehindProcessors(watch, run.inflight, nowNanos)) {
      return;
    }
    if (limit < target) {
      climb();
    } else if (run.inflight == limit) {
      measure(run, watch, nowNanos);
    }
  }

  /**
   * A run has come to its end while the limit kept nobody out. Those that began with half of the
   * limit unused ({@code FREE}) count: others may have waited for what is full. Says nothing about
   * whether a limit is too high, but where the knee of one is that is.
   *
   * @param runNanos how long it took; above 0
   * @param inflightAtStart how many were in flight when it was let in, itself among them
   */
  public void completedFreely(double runNanos, int inflightAtStart, long nowNanos) {
    if (!(runNanos > 0) || inflightAtStart > tuning.get(Parameter.FREE) * limit) {
      return;
    }
    if (freeAt != NEVER && nowNanos - freeAt > longestPauseNanos()) {
      free = newLevel();
    }
    freeAt = nowNanos;
    free.add(inflightAtStart, runNanos, true);
  }

  /**
   * Lets go of what has not been needed for a time. To be called every {@code RELAX}.
   *
   * @param highestInflight how many were in flight at most since the last call
   */
  public void relax(int highestInflight) {
    int needed = Math.max(initial, (int) (tuning.get(Parameter.SPARE) * highestInflight));
    if (target > needed) {
      int old = limit;
      growAnew();
      moveTo(Math.max(needed, limit - Math.max(1, (int) (tuning.get(Parameter.SINK) * limit))));
      limit = Math.min(limit, target);
      last = new LimitDecision(old, limit, Reason.APP_LIMITED);
    }
  }

  /**
   * Falls, from the number that runs, if too many tasks waited for the processors during whole
   * runs: what is let in at once comes back at once, so that less time says nothing.
   *
   * @return whether it fell
   */
  private boolean fallsBehindProcessors(ProcessorWatch watch, int inflight, long nowNanos) {
    long during = standingNanos();
    boolean fellJustNow = fellAt != NEVER && nowNanos - fellAt < during;
    int excess = fellJustNow ? 0 : watch.excessSince(nowNanos - during);
    if (excess == 0) {
      return false;
    }
    fellAt = nowNanos;
    int old = limit;
    int fall = (int) Math.ceil(tuning.get(Parameter.FALL) * excess);
    hold(Phase.FEEDING, Math.min(limit, inflight) - fall, nowNanos);
    limit = target;
    settle();
    last = new LimitDecision(old, limit, Reason.RUN_QUEUE);
    return true;
  }

  private long standingNanos() {
    return (long) (tuning.get(Parameter.STANDING) * recentRunNanos);
  }

  /** Rises with each completion, as slow start does with each acknowledgement. */
  private void climb() {
    credit += tuning.get(Parameter.GROWTH);
    int whole = (int) credit;
    credit -= whole;
    limit = Math.min(target, limit + whole);
    if (limit >= target) {
      settle();
    }
  }

  private void measure(Completion run, ProcessorWatch watch, long nowNanos) {
    if (nowNanos - lastMeasuredAt > tuning.get(Parameter.STALE) * recentRunNanos) {
      beginAnew();
    }
    lastMeasuredAt = nowNanos;
    if (reachedAt == NEVER) {
      reachedAt = nowNanos;
      settledAt = nowNanos + (long) (tuning.get(Parameter.SETTLING) * recentRunNanos);
    } else if (nowNanos >= settledAt && nowNanos - (long) run.runNanos >= reachedAt) {
      level.add(run.inflightAtStart, run.runNanos, run.isDone);
      leastRunQueue = Math.min(leastRunQueue, run.runQueue);
      completions++;
      done += run.isDone ? 1 : 0;
    }
    if (completions >= tuning.get(Parameter.ROUND)) {
      full = run.waits && watch.areFullUnseenSince(nowNanos - standingNanos());
      decide(nowNanos);
    }
  }

  /** What was measured before is too old to compare with; a knee that is held stays. */
  private void beginAnew() {
    switch (phase) {
      case GROWING, LOWERING -> growAnew();
      case HOLDING, FEEDING -> settle();
      case PROBING -> {
        last = new LimitDecision(limit, referenceLimit, Reason.HOLDING);
        phase = Phase.HOLDING;
        moveTo(referenceLimit);
        limit = target;
        forgetReference();
        settle();
      }
    }
  }

  private void growAnew() {
    phase = Phase.GROWING;
    forgetReference();
    settle();
  }

  /** Runs that began under another limit have to end first. */
  private void settle() {
    reachedAt = NEVER;
    wasLost = false;
    level = newLevel();
    clearRound();
  }

  private void clearRound() {
    completions = 0;
    done = 0;
    leastRunQueue = Integer.MAX_VALUE;
  }

  private void decide(long nowNanos) {
    int old = limit;
    Reason reason =
        switch (phase) {
          case GROWING -> judgeGrowth(nowNanos);
          case LOWERING -> judgeLower(nowNanos);
          case HOLDING, FEEDING -> judgeHeld(nowNanos);
          case PROBING -> judgeProbe(nowNanos);
        };
    last = new LimitDecision(old, target, reason);
    clearRound();
    if (target < limit || (target == limit && level == reference)) {
      limit = target;
      settle();
    }
  }

  private Reason judgeGrowth(long nowNanos) {
    if (level.isLost() && (referenceLimit == 0 || reference.isLost())) {
      return lowerFurther();
    }
    if (referenceLimit == 0) {
      return growInTime();
    }
    return switch (compare(reference, level)) {
      case FLAT, CHANGED -> grow(Reason.FLAT);
      case UNDECIDED -> growInTime();
      case SATURATED -> {
        double knee = LevelTest.knee(reference, level);
        if (knee > referenceLimit * (1 + tuning.get(Parameter.KNEE_MARGIN))) {
          hold(Phase.HOLDING, above(knee), nowNanos);
        } else {
          lower(referenceLimit);
        }
        yield Reason.SATURATED;
      }
    };
  }

  private Reason growInTime() {
    if (level.completions() < tuning.get(Parameter.GROW_AFTER)) {
      return Reason.GROWING;
    }
    return full && limit > initial ? lowerFurther() : grow(Reason.GROWING);
  }

  private Reason grow(Reason reason) {
    phase = Phase.GROWING;
    if (reason == Reason.FLAT || referenceLimit == 0) {
      refer();
    }
    moveTo((int) Math.ceil(limit * (1 + tuning.get(Parameter.GROWTH))));
    return reason;
  }

  private Reason judgeLower(long nowNanos) {
    boolean isLost = 2 * done < completions;
    boolean isBack = wasLost && !isLost;
    wasLost = isLost;
    if (isBack) {
      return recover(nowNanos);
    }
    if (level.isLost()) {
      return judgeLost();
    }
    if (reference.isLost()) {
      return judgeBack(nowNanos);
    }
    return switch (compare(level, reference)) {
      case CHANGED -> {
        forgetReference();
        yield grow(Reason.GROWING);
      }
      case SATURATED -> {
        int enough = above(kneeByFree(nowNanos));
        if (enough > limit * tuning.get(Parameter.LOWER)) {
          hold(Phase.HOLDING, Math.min(referenceLimit, enough), nowNanos);
          yield Reason.SATURATED;
        }
        yield limit > 1 ? lowerFurther() : stopLowering(nowNanos);
      }
      case FLAT -> stopLowering(nowNanos);
      case UNDECIDED -> isTestOver() ? stopLowering(nowNanos) : Reason.HOLDING;
    };
  }

  /**
   * How many give the present throughput at the run time of before the limit kept anyone out
   * (Little's law), so that the search need not go below; 0 if that is too long ago, or rests on so
   * few runs that all of them may have come at once.
   */
  private double kneeByFree(long nowNanos) {
    boolean isKnown =
        freeAt != NEVER
            && nowNanos - freeAt <= longestPauseNanos()
            && free.completions() >= tuning.get(Parameter.LONGEST_TEST);
    return isKnown ? LevelTest.knee(free, level) : 0;
  }

  /** Most are cut here too. */
  private Reason judgeLost() {
    boolean isHopeless = level.isDead() && isTestOver();
    return isHopeless || compare(level, reference) == Verdict.SATURATED
        ? lowerFurther()
        : Reason.HOLDING;
  }

  /** Most come to their end, other than before. */
  private Reason judgeBack(long nowNanos) {
    return switch (LevelTest.back(level, reference, odds())) {
      case CHANGED -> recover(nowNanos);
      case SATURATED -> lowerFurther();
      case FLAT, UNDECIDED -> isTestOver() ? lowerFurther() : Reason.HOLDING;
    };
  }

  private Reason stopLowering(long nowNanos) {
    holdAbove(LevelTest.knee(level, reference), nowNanos);
    return Reason.HOLDING;
  }

  /**
   * Runs come to their end again, and not because fewer run: what they waited for is back. So is
   * the limit from before, as the slow start threshold is after a timeout (RFC 5681). But if that
   * is a processor, then because what had been cut is out of the way, and would be back as well.
   */
  private Reason recover(long nowNanos) {
    pauseNanos = firstPauseNanos();
    hold(Phase.HOLDING, full ? limit : Math.max(limit, loweredFrom), nowNanos);
    return full ? Reason.HOLDING : Reason.GROWING;
  }

  /** The level below is kept, for it tells where the knee is once this one has been measured. */
  private void holdAbove(double knee, long nowNanos) {
    Level below = level;
    int limitBelow = limit;
    hold(Phase.HOLDING, above(knee), nowNanos);
    reference = below;
    referenceLimit = limitBelow;
  }

  /** Where so many get nothing done, maybe fewer do; and where not, this is as good. */
  private Reason lowerFurther() {
    refer();
    lower(limit);
    return Reason.SATURATED;
  }

  private Reason judgeHeld(long nowNanos) {
    if (held == null) {
      if (level.isLost() && isTestOver()) {
        return lowerFurther();
      }
      Reason reason = phase == Phase.FEEDING ? feed(level.runNanos()) : Reason.HOLDING;
      settleIn();
      return reason;
    }
    if (LevelTest.isOtherRunTime(held, level, tuning.get(Parameter.CHANGE), odds())) {
      pauseNanos = firstPauseNanos();
      if (level.isLost()) {
        return lowerFurther();
      }
      growAnew();
      return Reason.GROWING;
    }
    if (nowNanos < testAgainAt + (full ? (long) longestPauseNanos() : 0)) {
      return phase == Phase.FEEDING ? feed(held.runNanos()) : Reason.HOLDING;
    }
    phase = Phase.PROBING;
    refer();
    moveTo((int) Math.ceil(limit * (1 + tuning.get(Parameter.PROBE))));
    return Reason.GROWING;
  }

  /** Notes how long runs take at a new knee, and corrects it by that. */
  private void settleIn() {
    if (phase != Phase.FEEDING && !isTestOver()) {
      return;
    }
    if (referenceLimit > 0) {
      moveTo(Math.min(limit, above(LevelTest.knee(reference, level))));
      forgetReference();
    }
    if (target >= limit) {
      held = level;
      level = newLevel();
    }
  }

  /** Steps up while the processors run dry and runs get no longer for it. */
  private Reason feed(double heldRunNanos) {
    if (leastRunQueue > 0) {
      return Reason.PROCESSORS_BUSY;
    }
    if (level.runNanos() > heldRunNanos * (1 + tuning.get(Parameter.FED))) {
      return Reason.HOLDING;
    }
    moveTo(limit + (int) Math.ceil(limit * tuning.get(Parameter.FEED)));
    return Reason.GROWING;
  }

  private Reason judgeProbe(long nowNanos) {
    Verdict verdict = compare(reference, level);
    if (verdict == Verdict.FLAT || verdict == Verdict.CHANGED) {
      pauseNanos = firstPauseNanos();
      return grow(Reason.FLAT);
    }
    if (verdict == Verdict.SATURATED || isTestOver()) {
      hold(Phase.HOLDING, referenceLimit, nowNanos);
      return Reason.SATURATED;
    }
    return Reason.HOLDING;
  }

  private Verdict compare(Level low, Level high) {
    return LevelTest.verdict(low, high, odds());
  }

  private double odds() {
    return tuning.get(Parameter.ODDS);
  }

  private boolean isTestOver() {
    return level.completions() >= tuning.get(Parameter.LONGEST_TEST);
  }

  private int above(double knee) {
    return (int) Math.ceil(knee * (1 + tuning.get(Parameter.HEADROOM)));
  }

  private void lower(int from) {
    loweredFrom = phase == Phase.LOWERING ? loweredFrom : from;
    phase = Phase.LOWERING;
    moveTo((int) (from * tuning.get(Parameter.LOWER)));
  }

  private void hold(Phase how, int at, long nowNanos) {
    phase = how;
    moveTo(at);
    forgetReference();
    held = null;
    testAgainAt = nowNanos + (long) pauseNanos;
    pauseNanos = Math.min(longestPauseNanos(), tuning.get(Parameter.PAUSE_GROWTH) * pauseNanos);
  }

  private double longestPauseNanos() {
    return tuning.get(Parameter.LONGEST_PAUSE) * SECOND;
  }

  private double firstPauseNanos() {
    return tuning.get(Parameter.FIRST_PAUSE) * SECOND;
  }

  private void refer() {
    referenceLimit = limit;
    reference = level;
  }

  private void forgetReference() {
    referenceLimit = 0;
  }

  private void moveTo(int to) {
    target = Math.max(1, Math.min(most, to));
  }
}
