package dev.snowshed.core.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.limit.Closed.Servers;
import dev.snowshed.core.limit.ConcurrencyLimit.Completion;
import dev.snowshed.core.limit.LimitDecision.Reason;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrencyLimitTest {
  private static final long MILLI = 1_000_000;

  private final ProcessorWatch watch = new ProcessorWatch(Tuning.DEFAULTS);
  private long now = 1_000 * MILLI;

  /** How many processors threads keep busy that no run queue shows. */
  private double busy;

  private double usedNanos;

  static LongStream seeds() {
    return LongStream.range(0, 8);
  }

  private static ConcurrencyLimit limit(int initial, int most) {
    return new ConcurrencyLimit(initial, most, Tuning.DEFAULTS);
  }

  /** A run of a millisecond ends that filled the limit. */
  private void complete(ConcurrencyLimit limit) {
    complete(limit, 1, 0);
  }

  private void complete(ConcurrencyLimit limit, double millis, int runQueue) {
    completeAfter(MILLI / limit.limit(), limit, millis, runQueue);
  }

  /** The same, as long after the last as a run takes. */
  private void completeLate(ConcurrencyLimit limit, int times) {
    for (int i = 0; i < times; i++) {
      completeAfter(MILLI, limit, 1, 0);
    }
  }

  private void completeAfter(long nanos, ConcurrencyLimit limit, double millis, int runQueue) {
    now += nanos;
    if (busy > 0) {
      usedNanos += busy * nanos;
      watch.observe(runQueue, 1, now);
      watch.look(() -> usedNanos, 2, now);
    }
    int inflight = limit.limit();
    limit.completed(
        new Completion(millis * MILLI, inflight, inflight, runQueue, true, true), watch, now);
  }

  private void complete(ConcurrencyLimit limit, int times) {
    for (int i = 0; i < times; i++) {
      complete(limit);
    }
  }

  private static Set<Reason> reasons(Closed closed) {
    return closed.decisions().stream()
        .map(LimitDecision::reason)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Reason.class)));
  }

  // step by step

  @Test
  void beginsWhereItIsTold() {
    ConcurrencyLimit limit = limit(7, 100);
    assertEquals(7, limit.limit());
    assertEquals(new LimitDecision(7, 7, Reason.INITIAL), limit.last());
  }

  @Test
  void growsByOneForEachCompletionOnceItKnowsNothingAgainstIt() {
    ConcurrencyLimit limit = warm(2, 100);
    // two are as long as a run; four rounds of sixteen without a decision let it grow
    complete(limit, 2 * 2 + 63);
    assertEquals(new LimitDecision(2, 2, Reason.GROWING), limit.last());
    complete(limit);
    assertEquals(new LimitDecision(2, 4, Reason.GROWING), limit.last());
    assertEquals(2, limit.limit(), "what is let in together stays small");
    complete(limit);
    assertEquals(3, limit.limit());
    complete(limit);
    assertEquals(4, limit.limit());
    complete(limit, 10);
    assertEquals(4, limit.limit());
  }

  @Test
  void doublesAgainOnceTheHigherLevelIsFoundFlat() {
    ConcurrencyLimit limit = warm(10, 1_000);
    complete(limit, 2 * 10 + 64 + 10);
    assertEquals(20, limit.limit());
    // 1 ÷ (10 + 64) + 1 ÷ (20 + n) < 0.0802 holds from the first round on
    complete(limit, 2 * 20 + 16);
    assertEquals(new LimitDecision(20, 40, Reason.FLAT), limit.last());
  }

  @Test
  void lowersWhenMoreAtOnceOnlyWereSlower() {
    ConcurrencyLimit limit = lowering();
    // twenty at 2 ms are ten at 1 ms: the knee is not above the lower level, so half of it is tried
    assertEquals(new LimitDecision(20, 5, Reason.SATURATED), limit.last());
    assertEquals(5, limit.limit(), "it falls at once");
  }

  @Test
  void lowersAgainWhileFewerAreFaster() {
    ConcurrencyLimit limit = lowering();
    round(limit, 0.5);
    assertEquals(new LimitDecision(5, 2, Reason.SATURATED), limit.last());
  }

  @ParameterizedTest
  @CsvSource({
    // five at 0.5 ms are four at 0.4 ms, and half as much again is six: it is low enough
    "0.4, 0, 6",
    // and one at 0.1 ms
    "0.1, 0, 2",
    // what was so long ago is forgotten
    "0.4, 33000, 2",
  })
  void goesNoLowerThanTheThroughputNeedsAtTheRunTimeOfBefore(
      double millis, long agoMillis, int goesTo) {
    ConcurrencyLimit limit = lowering();
    before(limit, millis, agoMillis);
    round(limit, 0.5);
    assertEquals(new LimitDecision(5, goesTo, Reason.SATURATED), limit.last());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsAPoolFullWhileItSearchesIfItHasRunFreelyBefore(long seed) {
    ConcurrencyLimit limit = limit(32, 1_000);
    before(limit, 100, 0);
    Closed closed = new Closed(limit, new Servers(10, 100e6, false), seed);
    closed.run(60);
    int least = closed.decisions().stream().mapToInt(LimitDecision::newLimit).min().orElseThrow();
    assertTrue(least >= 10, () -> "was " + least);
  }

  private void before(ConcurrencyLimit limit, double millis, long agoMillis) {
    for (int i = 0; i < 128; i++) {
      limit.completedFreely(millis * MILLI, 2, now - agoMillis * MILLI);
    }
  }

  @Test
  void holdsAboveTheKneeOnceFewerAreNotFaster() {
    ConcurrencyLimit limit = lowering();
    round(limit, 1);
    // ten at 1 ms were compared with five at 1 ms: all ten are needed
    assertEquals(new LimitDecision(5, 15, Reason.HOLDING), limit.last());
    complete(limit, 20);
    assertEquals(15, limit.limit());
  }

  @Test
  void growsAnewWhenFewerAreSlower() {
    ConcurrencyLimit limit = lowering();
    round(limit, 5);
    assertEquals(new LimitDecision(5, 10, Reason.GROWING), limit.last());
  }

  @Test
  void holdsAboveAKneeBetweenTheLevels() {
    ConcurrencyLimit limit = warm(10, 1_000);
    complete(limit, 10 + 64 + 10);
    // the elasticity from 10 to 20 is 0.38: neither
    while (limit.limit() < 40) {
      complete(limit, 1.3, 0);
    }
    round(limit, 2.6);
    // 40 ÷ 2.6 = 15.4 is above 10 by more than half, and 24 above that by half
    assertEquals(new LimitDecision(40, 24, Reason.SATURATED), limit.last());
  }

  @Test
  void probesAfterAPauseAndFindsTheKneeWhereItWas() {
    ConcurrencyLimit limit = held();
    now += 1_000 * MILLI;
    changeOf(limit, 1);
    assertEquals(new LimitDecision(15, 23, Reason.GROWING), limit.last());
    changeOf(limit, 23.0 / 15);
    assertEquals(new LimitDecision(23, 15, Reason.SATURATED), limit.last());
  }

  @Test
  void goesBackToTheKneeWhenLoadGoesAwayFromAProbe() {
    ConcurrencyLimit limit = held();
    now += 1_000 * MILLI;
    changeOf(limit, 1);
    assertEquals(new LimitDecision(15, 23, Reason.GROWING), limit.last());
    while (limit.limit() < 23) {
      complete(limit);
    }
    now += 60_000 * MILLI;
    complete(limit);
    assertEquals(new LimitDecision(23, 15, Reason.HOLDING), limit.last());
    assertEquals(15, limit.limit(), "nothing speaks against the knee");
    changeOf(limit, 1);
    assertEquals(new LimitDecision(15, 23, Reason.GROWING), limit.last(), "the look is due");
  }

  @Test
  void probesAfterAPauseAndGrowsIfThatIsFlat() {
    ConcurrencyLimit limit = held();
    long heldAt = now;
    while (limit.last().newLimit() == 15) {
      complete(limit);
    }
    assertEquals(1_000.0, (double) (now - heldAt) / MILLI, 50);
    changeOf(limit, 1);
    assertEquals(new LimitDecision(23, 46, Reason.FLAT), limit.last());
  }

  @Test
  void looksTwiceAsRarelyEachTimeTheKneeIsConfirmed() {
    ConcurrencyLimit limit = held();
    long heldAt = now;
    for (long pause = 1; pause <= 64; pause *= 2) {
      now = heldAt + (Math.min(32, pause) * 1_000 - 50) * MILLI;
      round(limit, 1);
      assertEquals(new LimitDecision(15, 15, Reason.HOLDING), limit.last());
      now = heldAt + Math.min(32, pause) * 1_000 * MILLI;
      changeOf(limit, 1);
      assertEquals(new LimitDecision(15, 23, Reason.GROWING), limit.last());
      changeOf(limit, 23.0 / 15);
      heldAt = now;
    }
  }

  @Test
  void looksAgainAtOnceWhenRunsChange() {
    ConcurrencyLimit limit = held();
    for (int i = 0; i < 5; i++) {
      round(limit, 1.4);
      assertEquals(new LimitDecision(15, 15, Reason.HOLDING), limit.last());
    }
    changeOf(limit, 3);
    assertEquals(new LimitDecision(15, 30, Reason.GROWING), limit.last(), "it begins anew");
  }

  // processors that other threads keep full

  @ParameterizedTest
  @CsvSource({
    // of two processors
    "2.0, 0, 7",
    "1.9, 0, 7",
    "1.7, 0, 30",
    // those of the run queue keep them full: it says how many are too many
    "2.0, 1, 30",
  })
  void comparesDownwardsFirstWhileOtherThreadsKeepTheProcessorsFull(
      double kept, int runQueue, int goesTo) {
    ConcurrencyLimit limit = held();
    complete(limit, 400);
    keepBusy(limit, kept, runQueue);
    while (limit.last().newLimit() == 15) {
      complete(limit, 3, runQueue);
    }
    assertEquals(goesTo, limit.last().newLimit());
  }

  @Test
  void growsFromWhereItBeginsThoughTheProcessorsAreFull() {
    ConcurrencyLimit limit = warm(10, 1_000);
    keepBusy(limit, 2, 0);
    while (limit.last().newLimit() == 10) {
      complete(limit);
    }
    assertEquals(20, limit.last().newLimit(), "who has just started compiles");
  }

  @Test
  void growsForEvidenceThoughTheProcessorsAreFull() {
    ConcurrencyLimit limit = warm(10, 1_000);
    complete(limit, 2 * 10 + 64 + 10);
    assertEquals(20, limit.limit());
    busy = 2;
    complete(limit, 2 * 20 + 16);
    assertEquals(new LimitDecision(20, 40, Reason.FLAT), limit.last());
  }

  @Test
  void looksUpwardsRarelyWhileOtherThreadsKeepTheProcessorsFull() {
    ConcurrencyLimit limit = held();
    busy = 2;
    long heldAt = now;
    while (limit.last().newLimit() == 15) {
      complete(limit);
    }
    assertEquals(23, limit.last().newLimit());
    assertEquals(33_000.0, (double) (now - heldAt) / MILLI, 100);
  }

  /** Leaves the limit as it is: its runs end too soon to be measured. */
  private void keepBusy(ConcurrencyLimit limit, double processors, int runQueue) {
    busy = processors;
    for (int i = 0; i < 3; i++) {
      completeAfter(60 * MILLI, limit, 1, runQueue);
    }
  }

  /** One that has found that twenty are slower than ten. */
  private ConcurrencyLimit lowering() {
    ConcurrencyLimit limit = warm(10, 1_000);
    complete(limit, 10 + 64 + 10);
    round(limit, 2);
    return limit;
  }

  /** One that holds at 15, where runs take 1 ms. */
  private ConcurrencyLimit held() {
    ConcurrencyLimit limit = lowering();
    round(limit, 1);
    complete(limit, 10);
    assertEquals(15, limit.limit());
    round(limit, 1);
    assertEquals(new LimitDecision(15, 15, Reason.HOLDING), limit.last());
    return limit;
  }

  /** Completions until something else is decided, or enough to see that it is not. */
  private void round(ConcurrencyLimit limit, double millis) {
    LimitDecision before = limit.last();
    for (int i = 0; i < 400 && limit.last().equals(before); i++) {
      complete(limit, millis, 0);
    }
  }

  /** Rounds until the limit is to change. */
  private void changeOf(ConcurrencyLimit limit, double millis) {
    int target = limit.last().newLimit();
    for (int i = 0; i < 30 && limit.last().newLimit() == target; i++) {
      round(limit, millis);
    }
  }

  /** One that knows that runs take a millisecond, and nothing else. */
  private ConcurrencyLimit warm(int initial, int most) {
    ConcurrencyLimit limit = limit(initial, most);
    for (int i = 0; i < 1_000; i++) {
      now += MILLI;
      limit.completed(new Completion(MILLI, initial - 1, initial - 1, 0, true, true), watch, now);
    }
    return limit;
  }

  @Test
  void countsOnlyRunsThatFilledTheLimit() {
    ConcurrencyLimit limit = limit(10, 100);
    for (int i = 0; i < 1_000; i++) {
      now += MILLI;
      limit.completed(new Completion(MILLI, 9, 9, 0, true, true), watch, now);
    }
    assertEquals(new LimitDecision(10, 10, Reason.INITIAL), limit.last());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.NEGATIVE_INFINITY})
  void ignoresRunsWithoutAnyTime(double nanos) {
    ConcurrencyLimit limit = limit(10, 100);
    watch.observe(50, 2, 0);
    for (int i = 0; i < 1_000; i++) {
      now += MILLI;
      limit.completed(new Completion(nanos, 10, 10, 60, true, true), watch, now);
    }
    assertEquals(Reason.INITIAL, limit.last().reason());
  }

  @Test
  void forgetsWhatItMeasuredBeforeALongPause() {
    ConcurrencyLimit limit = limit(2, 100);
    complete(limit, 60);
    now += 3_600_000 * MILLI;
    complete(limit, 60);
    assertEquals(2, limit.limit());
    assertEquals(2, limit.last().newLimit(), "sixty and sixty are not sixty-four in a row");
  }

  // the run queue

  @ParameterizedTest
  @CsvSource({
    // the limit becomes what runs, less half of what was too many, rounded up
    "100, 10, 95",
    "100, 9, 95",
    "100, 1, 99",
    "100, 1000, 1",
    "3, 50, 1"
  })
  void fallsByHalfOfWhatWasTooManyDuringWholeRuns(int initial, int excess, int fallsTo) {
    ConcurrencyLimit limit = limit(initial, 1_000);
    watch.observe(2 + excess, 2, now);
    completeLate(limit, 2);
    assertEquals(new LimitDecision(initial, fallsTo, Reason.RUN_QUEUE), limit.last());
    assertEquals(fallsTo, limit.limit());
  }

  @Test
  void fallsFromWhatRunsIfThatIsLess() {
    ConcurrencyLimit limit = limit(100, 1_000);
    watch.observe(12, 2, now);
    now += 2 * MILLI;
    limit.completed(new Completion(MILLI, 40, 40, 12, true, true), watch, now);
    assertEquals(35, limit.limit());
  }

  @Test
  void fallsForTheLongestRunQueue() {
    ConcurrencyLimit limit = limit(100, 1_000);
    watch.observe(Integer.MAX_VALUE, 0, now);
    completeLate(limit, 2);
    assertEquals(1, limit.limit());
  }

  @Test
  void fallsOnceInTwoRuns() {
    ConcurrencyLimit limit = limit(1_000, 1_000);
    completeLate(limit, 640);
    int before = limit.limit();
    watch.observe(22, 2, now);
    int falls = 0;
    for (int i = 0; i < 6; i++) {
      completeLate(limit, 1);
      if (limit.limit() < before) {
        before = limit.limit();
        falls++;
      }
    }
    assertEquals(3, falls, "runs take as long as completions are apart");
  }

  @Test
  void doesNotFallWithinTwoRuns() {
    ConcurrencyLimit limit = limit(1_000, 1_000);
    completeLate(limit, 640);
    watch.observe(22, 2, now);
    completeLate(limit, 1);
    assertEquals(1_000, limit.limit());
    watch.observe(2, 2, now);
    watch.observe(22, 2, now + 1_000);
    completeLate(limit, 2);
    assertEquals(1_000, limit.limit(), "there was a moment without");
    completeLate(limit, 1);
    assertEquals(990, limit.limit());
  }

  @Test
  void leavesFunctionsAloneThatNeedAProcessorForAllOfTheirTime() {
    ConcurrencyLimit limit = limit(10, 10);
    watch.observe(1_000, 2, now);
    for (int i = 0; i < 100; i++) {
      now += MILLI;
      limit.completed(new Completion(MILLI, 10, 10, 1_000, false, true), watch, now);
    }
    assertEquals(10, limit.limit());
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE / 2, -3_600_000_000_000L, 0, Long.MAX_VALUE / 2})
  void fallsWhereverTheClockBegan(long origin) {
    ConcurrencyLimit limit = limit(100, 1_000);
    now = origin;
    watch.observe(12, 2, now);
    completeLate(limit, 2);
    assertEquals(Reason.RUN_QUEUE, limit.last().reason());
  }

  @Test
  void risesWhileTheProcessorsRunDry() {
    ConcurrencyLimit limit = fallen();
    assertEquals(64, limit.limit());
    round(limit, 1);
    assertEquals(new LimitDecision(64, 66, Reason.GROWING), limit.last());
    complete(limit, 2);
    assertEquals(66, limit.limit());
  }

  @Test
  void staysWhileTheProcessorsHaveEnough() {
    ConcurrencyLimit limit = fallen();
    for (int i = 0; i < 2 * 65 + 16; i++) {
      complete(limit, 1, 1);
    }
    assertEquals(new LimitDecision(64, 64, Reason.PROCESSORS_BUSY), limit.last());
  }

  @Test
  void staysWhileRunsGetLonger() {
    ConcurrencyLimit limit = fallen();
    for (int i = 0; i < 2 * 65 + 16; i++) {
      complete(limit, 1, 1);
    }
    complete(limit, 1.45, 1);
    for (int i = 0; i < 15; i++) {
      complete(limit, 1.45, 1);
    }
    for (int i = 0; i < 160; i++) {
      complete(limit, 1.45, 0);
    }
    assertEquals(64, limit.limit());
    assertEquals(Reason.HOLDING, limit.last().reason());
  }

  /** One that fell to 64, with a run time of about a millisecond, and an empty run queue. */
  private ConcurrencyLimit fallen() {
    ConcurrencyLimit limit = warm(69, 1_000);
    watch.observe(12, 2, now - 3 * MILLI);
    complete(limit);
    watch.observe(0, 2, now);
    return limit;
  }

  // being needed

  @Test
  void letsGoOfWhatIsNotNeeded() {
    ConcurrencyLimit limit = limit(8, 1_000);
    grow(limit, 500);
    int before = limit.limit();
    limit.relax(4);
    assertEquals(before - before / 8, limit.limit());
    assertEquals(new LimitDecision(before, limit.limit(), Reason.APP_LIMITED), limit.last());
    for (int i = 0; i < 100; i++) {
      limit.relax(4);
    }
    assertEquals(8, limit.limit());
  }

  @Test
  void keepsTwiceWhatIsNeeded() {
    ConcurrencyLimit limit = limit(8, 1_000);
    grow(limit, 500);
    for (int i = 0; i < 100; i++) {
      limit.relax(50);
    }
    assertEquals(100, limit.limit());
  }

  @Test
  void letsGoOfALittle() {
    ConcurrencyLimit limit = limit(1, 1_000);
    grow(limit, 8);
    for (int i = 0; i < 100; i++) {
      limit.relax(0);
    }
    assertEquals(1, limit.limit());
  }

  @Test
  void learnsNothingUpwardsWithoutLoad() {
    ConcurrencyLimit limit = warm(40, 1_000);
    complete(limit, 2 * 40 + 64 + 5);
    assertEquals(45, limit.limit(), "it is on the way to 80");
    limit.relax(35);
    assertEquals(45, limit.limit());
  }

  @Test
  void leavesWhatIsNeededAlone() {
    ConcurrencyLimit limit = limit(8, 1_000);
    grow(limit, 100);
    LimitDecision before = limit.last();
    limit.relax(limit.limit());
    assertEquals(before, limit.last());
  }

  private void grow(ConcurrencyLimit limit, int to) {
    for (int i = 0; i < 100_000 && limit.limit() < to; i++) {
      complete(limit);
    }
    complete(limit, 1);
    while (limit.last().newLimit() > limit.limit()) {
      complete(limit);
    }
  }

  // with something behind it

  @ParameterizedTest
  @MethodSource("seeds")
  void growsToTheMostOverWhatIsFlat(long seed) {
    ConcurrencyLimit limit = limit(4, 120);
    Closed closed = new Closed(limit, Servers.unlimited(10e6), seed);
    closed.run(10);
    assertTrue(limit.limit() > 100, () -> "was " + limit.limit());
    closed.decisions().forEach(each -> assertTrue(each.newLimit() <= 120 && each.newLimit() >= 1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsTheKneeOfAPool(long seed) {
    ConcurrencyLimit limit = limit(32, 10_000);
    Closed closed = new Closed(limit, new Servers(20, 10e6, false), seed);
    closed.run(10);
    double mean = closed.run(30);
    assertTrue(mean >= 20 && mean <= 36, () -> "was " + mean);
    assertTrue(closed.completions() > 0.95 * 30 * 2_000, () -> "was " + closed.completions());
    assertTrue(
        reasons(closed).containsAll(EnumSet.of(Reason.GROWING, Reason.SATURATED, Reason.HOLDING)));
  }

  @ParameterizedTest
  @CsvSource({"1", "8", "64", "200", "400", "2000"})
  void findsTheKneeOfAPoolFromWhereverItBegins(int initial) {
    for (long seed = 0; seed < 8; seed++) {
      ConcurrencyLimit limit = limit(initial, 10_000);
      Closed closed = new Closed(limit, new Servers(20, 10e6, false), seed);
      closed.run(20);
      double mean = closed.run(30);
      // the head-room above the knee, and a look as far above that
      assertTrue(mean >= 20 && mean <= 45, () -> "was " + mean);
      assertTrue(closed.completions() > 0.94 * 30 * 2_000, () -> "was " + closed.completions());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsASmallerPoolAfterTheLarge(long seed) {
    ConcurrencyLimit limit = limit(32, 10_000);
    Closed closed = new Closed(limit, new Servers(80, 10e6, false), seed);
    closed.run(10);
    closed.become(new Servers(20, 10e6, false));
    closed.run(20);
    double mean = closed.run(30);
    assertTrue(mean >= 20 && mean <= 45, () -> "was " + mean);
  }

  @Test
  void fallsToAFewWhileNothingGetsDone() {
    ConcurrencyLimit limit = limit(64, 1_000);
    cut(limit, 2_000);
    assertTrue(limit.limit() <= 3, () -> "was " + limit.limit());
    cut(limit, 1_000);
    assertTrue(limit.limit() <= 3, () -> "was " + limit.limit());
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 65, 130, 150, 190, 260, 300, 400, 500, 700, 1_000, 3_000})
  void comesBackSoonOnceThingsGetDoneAgain(int cut) {
    ConcurrencyLimit limit = limit(64, 1_000);
    cut(limit, cut);
    long back = now;
    while (limit.limit() < 64 && now - back < 10 * 100 * MILLI) {
      complete(limit);
    }
    assertTrue(limit.limit() >= 64, () -> "was " + limit.limit());
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 190, 400, 1_000})
  void comesBackToTheKneeThatItHeld(int cut) {
    ConcurrencyLimit limit = limit(64, 1_000);
    Closed closed = new Closed(limit, new Servers(20, MILLI, false), 1);
    closed.run(20);
    int held = limit.limit();
    now = 21_000 * MILLI;
    cut(limit, cut);
    for (int i = 0; i < 400; i++) {
      complete(limit);
    }
    assertTrue(limit.limit() >= held, () -> "was " + limit.limit() + " after " + held);
  }

  /** Runs that are cut after a hundred milliseconds. */
  private void cut(ConcurrencyLimit limit, int times) {
    for (int i = 0; i < times; i++) {
      int inflight = limit.limit();
      now += 100 * MILLI / inflight;
      limit.completed(new Completion(100 * MILLI, inflight, inflight, 0, true, false), watch, now);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsALargerPoolAfterTheSmall(long seed) {
    ConcurrencyLimit limit = limit(32, 10_000);
    Closed closed = new Closed(limit, new Servers(20, 10e6, false), seed);
    closed.run(10);
    closed.become(new Servers(80, 10e6, false));
    closed.run(20);
    double mean = closed.run(10);
    assertTrue(mean >= 78 && mean <= 150, () -> "was " + mean);
    assertTrue(closed.completions() > 0.9 * 10 * 8_000, () -> "was " + closed.completions());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsAPoolFullThatGetsFiveTimesSlower(long seed) {
    ConcurrencyLimit limit = limit(32, 10_000);
    Closed closed = new Closed(limit, new Servers(20, 10e6, false), seed);
    closed.run(10);
    closed.become(new Servers(20, 50e6, false));
    closed.run(20);
    double mean = closed.run(60);
    assertTrue(mean >= 17 && mean <= 45, () -> "was " + mean);
    assertTrue(closed.completions() > 0.9 * 60 * 400, () -> "was " + closed.completions());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void doesNotTakeASlowDependencyForAFullOne(long seed) {
    ConcurrencyLimit limit = limit(32, 120);
    Closed closed = new Closed(limit, Servers.unlimited(10e6), seed);
    closed.run(5);
    closed.become(Servers.unlimited(50e6));
    closed.run(20);
    double mean = closed.run(10);
    assertTrue(mean > 100, () -> "was " + mean);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void fallsUntilTheRunQueueIsShort(long seed) {
    ConcurrencyLimit limit = limit(200, 10_000);
    Closed closed = new Closed(limit, new Servers(2, 1e6, true), seed);
    closed.run(5);
    double mean = closed.run(20);
    assertTrue(mean >= 2 && mean <= 40, () -> "was " + mean);
    assertTrue(closed.completions() > 0.95 * 20 * 2_000, () -> "was " + closed.completions());
    assertTrue(reasons(closed).contains(Reason.RUN_QUEUE));
  }

  // whatever comes

  static LongStream manySeeds() {
    return LongStream.range(0, 150);
  }

  @ParameterizedTest
  @MethodSource("manySeeds")
  void staysWithinItsRangeWhateverComes(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    int most = random.nextInt(1, 1 << random.nextInt(1, 31));
    int initial = random.nextInt(1, most + 1);
    ConcurrencyLimit limit = limit(initial, most);
    now = random.nextLong();
    for (int i = 0; i < 2_000; i++) {
      int before = limit.limit();
      int inflight = random.nextInt(8) == 0 ? random.nextInt() : limit.limit();
      switch (random.nextInt(20)) {
        case 0 -> limit.relax(random.nextInt(1 << 29));
        case 1 -> watch.observe(random.nextInt(), random.nextInt(100), now);
        case 2 -> now = random.nextLong();
        default ->
            limit.completed(
                new Completion(
                    anyDuration(random),
                    inflight,
                    random.nextInt(4) == 0 ? random.nextInt() : inflight,
                    random.nextInt(),
                    random.nextBoolean(),
                    random.nextBoolean()),
                watch,
                now);
      }
      now += random.nextLong(10 * MILLI);
      int after = limit.limit();
      LimitDecision last = limit.last();
      assertTrue(after >= 1 && after <= most, () -> "limit " + after + " of " + most);
      assertTrue(last.newLimit() >= 1 && last.newLimit() <= most, last::toString);
      if (last.reason() == Reason.RUN_QUEUE || last.reason() == Reason.APP_LIMITED) {
        assertTrue(after <= Math.max(before, last.newLimit()), last::toString);
      }
    }
  }

  private static double anyDuration(RandomGenerator random) {
    return switch (random.nextInt(12)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> -random.nextDouble();
      case 3 -> Double.MIN_VALUE;
      case 4 -> Double.MAX_VALUE;
      case 5 -> 0;
      default -> MILLI * random.nextExponential();
    };
  }
}
