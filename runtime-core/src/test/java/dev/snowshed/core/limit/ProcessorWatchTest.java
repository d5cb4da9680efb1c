package dev.snowshed.core.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorWatchTest {
  private final ProcessorWatch watch = new ProcessorWatch(Tuning.DEFAULTS);

  @Test
  void sawNothingAtFirst() {
    assertEquals(0, watch.excessSince(0));
    assertEquals(0, watch.excessSince(Long.MAX_VALUE));
  }

  @Test
  void tellsTheLeastThatWasTooMany() {
    watch.observe(10, 2, 100);
    watch.observe(5, 2, 200);
    watch.observe(9, 2, 300);
    assertEquals(3, watch.excessSince(100));
    assertEquals(3, watch.excessSince(250), "since before is since then");
    assertEquals(0, watch.excessSince(99), "it had not looked yet");
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "1, 0", "0, 0", "-3, 0", "3, 1"})
  void isEndedByOneMomentWithEnough(int length, int excess) {
    watch.observe(10, 2, 100);
    watch.observe(length, 2, 200);
    watch.observe(10, 2, 300);
    assertEquals(excess, watch.excessSince(250));
    assertEquals(8, watch.excessSince(length <= 2 ? 300 : 350) + (length <= 2 ? 0 : 7));
  }

  @Test
  void followsWhatIsEnough() {
    watch.observe(10, 2, 100);
    watch.observe(10, 9, 200);
    assertEquals(1, watch.excessSince(200));
    watch.observe(10, 10, 300);
    assertEquals(0, watch.excessSince(400));
  }

  @Test
  void worksOnAClockBelowZero() {
    watch.observe(3, 1, -500);
    assertEquals(2, watch.excessSince(-500));
    assertEquals(0, watch.excessSince(-501));
  }

  // full processors

  private static final long STEP = 60_000_000;

  private double usedNanos;
  private long now = 1_000_000_000;

  /** Passes ten steps of time. */
  private void pass(double busy, double processors, int runQueue) {
    for (int i = 0; i < 10; i++) {
      now += STEP;
      usedNanos += busy * STEP;
      watch.observe(runQueue, 2, now);
      watch.look(() -> usedNanos, processors, now);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2, 0, true",
    "1.81, 2, 0, true",
    "1.79, 2, 0, false",
    "0.5, 0.5, 0, true",
    "3, 2, 0, true",
    "0, 2, 0, false",
    // those that wait in the run queue may be what fills them
    "2, 2, 1, false",
  })
  void tellsWhetherOtherThreadsFillTheProcessors(
      double busy, double processors, int runQueue, boolean full) {
    pass(busy, processors, runQueue);
    assertEquals(full, watch.areFullUnseenSince(now - 5 * STEP));
  }

  @Test
  void takesTheMeanSinceThen() {
    pass(0, 2, 0);
    pass(2, 2, 0);
    assertTrue(watch.areFullUnseenSince(now - 10 * STEP));
    assertFalse(watch.areFullUnseenSince(now - 15 * STEP));
    pass(1.9, 2, 5);
    assertTrue(watch.areFullUnseenSince(now - 20 * STEP), "empty at half of the looks");
    assertFalse(watch.areFullUnseenSince(now - 19 * STEP), "at fewer");
  }

  @Test
  void saysNothingOfWhatItHasNotSeen() {
    assertFalse(watch.areFullUnseenSince(now));
    pass(2, 2, 0);
    assertTrue(watch.areFullUnseenSince(now), "of less than a step it tells that step");
    assertFalse(watch.areFullUnseenSince(now - 10 * STEP), "it had not looked yet");
    assertTrue(watch.areFullUnseenSince(now - 9 * STEP));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void leavesOutWhatIsNotKnown(double unknown) {
    usedNanos = unknown;
    pass(2, 2, 0);
    assertFalse(watch.areFullUnseenSince(now - STEP));
  }

  @Test
  void beginsAnewWhenTheClockGoesBack() {
    pass(2, 2, 0);
    now -= 1_000 * STEP;
    pass(0, 2, 0);
    assertFalse(watch.areFullUnseenSince(now - 5 * STEP));
    pass(2, 2, 0);
    assertTrue(watch.areFullUnseenSince(now - 5 * STEP));
  }

  @Test
  void remembersNoMoreThanItNeeds() {
    pass(2, 2, 0);
    long first = now;
    for (int i = 0; i < 30; i++) {
      pass(2, 2, 0);
    }
    assertFalse(watch.areFullUnseenSince(first));
    assertTrue(watch.areFullUnseenSince(now - 100 * STEP));
  }
}
