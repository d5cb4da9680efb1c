package dev.snowshed.core.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.snowshed.core.limit.LevelTest.Verdict;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With 16 runs of one length each at the levels 10 and 20, the errors are 1 ÷ 26 and 1 ÷ 36, the
 * lever is ln 2, so that the elasticity must be further than (1 ÷ 26 + 1 ÷ 36) ÷ ln² 2 × ln 20 =
 * 0.413 away from one half.
 */
class LevelTestTest {
  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  private static Level level(int runs, int inflight, double nanos) {
    Level level = new Level(256);
    for (int i = 0; i < runs; i++) {
      level.add(inflight, nanos, true);
    }
    return level;
  }

  @ParameterizedTest
  @CsvSource({
    // elasticity 1, 0, -1, and what is nearer to one half than 0.413 on either side
    "2.0, SATURATED",
    "1.0, FLAT",
    "0.5, CHANGED",
    "1.90, SATURATED",
    "1.87, UNDECIDED",
    "1.41, UNDECIDED",
    "1.07, UNDECIDED",
    "1.05, FLAT",
    "0.54, FLAT",
    "0.53, CHANGED",
    "5.0, SATURATED"
  })
  void decidesByTheElasticity(double ratio, Verdict verdict) {
    Level low = level(16, 10, 1e6);
    Level high = level(16, 20, ratio * 1e6);
    assertEquals(verdict, LevelTest.verdict(low, high, 20));
  }

  @ParameterizedTest
  @CsvSource({
    // cut after a millisecond with 20 inside; half as many in half that time, or in much less
    "1.0, SATURATED",
    "0.5, SATURATED",
    "0.45, SATURATED",
    "0.36, UNDECIDED",
    "0.34, UNDECIDED",
    "0.32, CHANGED",
    "0.2, CHANGED",
    "0.02, CHANGED"
  })
  void tellsFewerFromBack(double ratio, Verdict verdict) {
    assertEquals(verdict, LevelTest.back(level(64, 10, ratio * 1e6), lost(20), 20));
  }

  private static Level lost(int inflight) {
    Level level = new Level(256);
    for (int i = 0; i < 16; i++) {
      level.add(inflight, 1e6, i == 0);
    }
    return level;
  }

  @Test
  void isDecidedWhereOnlyOneLevelGetsThingsDone() {
    assertEquals(Verdict.SATURATED, LevelTest.verdict(level(16, 10, 1e6), lost(20), 20));
    assertEquals(Verdict.CHANGED, LevelTest.verdict(lost(10), level(16, 20, 1e6), 20));
    assertEquals(Verdict.UNDECIDED, LevelTest.verdict(lost(10), lost(20), 20));
  }

  @ParameterizedTest
  @CsvSource({
    // 2 ln 1.5 · (|ln ratio| - ln 1.5) has to be above ln(odds) · 0.0328
    "1.0, false",
    "1.5, false",
    "1.69, false",
    "1.70, true",
    "0.60, false",
    "0.58, true",
    "20, true"
  })
  void seesOtherRunTimes(double ratio, boolean isOther) {
    Level before = level(128, 10, 1e6);
    Level now = level(29, 10, ratio * 1e6);
    assertEquals(isOther, LevelTest.isOtherRunTime(before, now, 0.5, 20));
  }

  @Test
  void seesNoOtherRunTimeInNoRuns() {
    assertFalse(LevelTest.isOtherRunTime(level(128, 10, 1e6), new Level(256), 0.5, 20));
  }

  @ParameterizedTest
  @CsvSource({
    // ln(odds) × 0.13786 has to stay below one half
    "2, SATURATED",
    "37, SATURATED",
    "38, UNDECIDED"
  })
  void decidesAtTheOdds(double odds, Verdict verdict) {
    assertEquals(verdict, LevelTest.verdict(level(16, 10, 1e6), level(16, 20, 2e6), odds));
  }

  @ParameterizedTest
  @CsvSource({
    // 1 ÷ (10 + n) + 1 ÷ (20 + n) has to be below ln² 2 ÷ 2 ÷ ln 20 = 0.0802
    "8, UNDECIDED",
    "10, UNDECIDED",
    "11, SATURATED",
    "100, SATURATED"
  })
  void waitsForEnoughRuns(int runs, Verdict verdict) {
    assertEquals(verdict, LevelTest.verdict(level(runs, 10, 1e6), level(runs, 20, 2e6), 20));
  }

  @ParameterizedTest
  @CsvSource({"10, 10", "10, 9", "10, 5", "1000, 1000"})
  void cannotCompareWithoutALever(int low, int high) {
    assertEquals(
        Verdict.UNDECIDED, LevelTest.verdict(level(256, low, 1e6), level(256, high, 9e6), 20));
  }

  @Test
  void knowsNothingOfEmptyLevels() {
    assertEquals(Verdict.UNDECIDED, LevelTest.verdict(new Level(256), new Level(256), 20));
    assertEquals(Verdict.UNDECIDED, LevelTest.verdict(new Level(256), level(99, 10, 1e6), 20));
    assertEquals(Verdict.UNDECIDED, LevelTest.verdict(level(99, 10, 1e6), new Level(256), 20));
  }

  @Test
  void findsTheKnee() {
    // twenty at 2 ms are ten at 1 ms
    assertEquals(10, LevelTest.knee(level(3, 5, 1e6), level(3, 20, 2e6)), 1e-9);
    assertEquals(20, LevelTest.knee(level(3, 5, 1e6), level(3, 20, 1e6)), 1e-9);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void doesNotDependOnTheUnit(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    double unit = Math.exp(random.nextDouble(-10, 10));
    Level low = new Level(256);
    Level high = new Level(256);
    Level lowInUnit = new Level(256);
    Level highInUnit = new Level(256);
    for (int i = 0; i < 64; i++) {
      double run = random.nextDouble(1e6, 2e6);
      low.add(8, run, true);
      lowInUnit.add(8, unit * run, true);
      run = random.nextDouble(1e6, 4e6);
      high.add(16, run, true);
      highInUnit.add(16, unit * run, true);
    }
    assertEquals(LevelTest.verdict(low, high, 20), LevelTest.verdict(lowInUnit, highInUnit, 20));
  }

  /** A wrong verdict has to be rare: the odds are 20. */
  @Test
  void isSeldomWrongAboutRunsThatSpread() {
    int wrong = 0;
    for (long seed = 0; seed < 400; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Level low = new Level(256);
      Level high = new Level(256);
      for (int i = 0; i < 64; i++) {
        low.add(10, 1e6 * random.nextExponential(), true);
        high.add(20, 1e6 * random.nextExponential(), true);
      }
      if (LevelTest.verdict(low, high, 20) == Verdict.SATURATED) {
        wrong++;
      }
    }
    assertEquals(0, wrong, 20);
  }

  @Test
  void aWideSpreadDecidesLater() {
    Level low = new Level(256);
    Level high = new Level(256);
    for (int i = 0; i < 64; i++) {
      low.add(10, i % 16 == 0 ? 16e6 : 1, true);
      high.add(20, i % 16 == 0 ? 32e6 : 2, true);
    }
    assertEquals(Verdict.UNDECIDED, LevelTest.verdict(low, high, 20));
    assertNotEquals(
        Verdict.UNDECIDED, LevelTest.verdict(level(64, 10, 1e6), level(64, 20, 2e6), 20));
  }
}
