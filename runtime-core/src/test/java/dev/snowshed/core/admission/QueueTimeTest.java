package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.limit.Tuning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The target is 10 ms: the patience is 20 ms, calm is 40 ms, the longest burst 400 ms. */
class QueueTimeTest {
  private static final double MILLI = 1e6;
  private static final double TARGET = 10 * MILLI;
  private static final double SPAN = 100 * MILLI;
  private static final double RATE = 1_000;

  private final QueueTime time = new QueueTime(Tuning.DEFAULTS);
  private long now = 77 * (long) MILLI;

  /** A millisecond passes, in which one came and one was let in. */
  private void tick(double waitMillis) {
    now += (long) MILLI;
    time.arrives(waitMillis * MILLI, TARGET, SPAN, RATE, now);
    time.served(now);
  }

  private void ticks(int count, double waitMillis) {
    for (int i = 0; i < count; i++) {
      tick(waitMillis);
    }
  }

  /** The same when the queue stands and somebody is refused each time. */
  private void overload(int millis) {
    for (int i = 0; i < millis; i++) {
      tick(30);
      time.refused(now);
    }
  }

  private void stand() {
    ticks(22, 15);
    assertTrue(time.isStanding());
  }

  @Test
  void passesAtFirst() {
    assertFalse(time.isStanding());
    tick(5);
    assertEquals(TARGET, time.targetNanos());
    assertEquals(20 * MILLI, time.patienceNanos());
  }

  @Test
  void standsWhenTheWaitStaysAboveTheTargetForLongerThanThePatience() {
    ticks(21, 15);
    assertFalse(time.isStanding(), "20 ms are not longer than 20 ms");
    tick(15);
    assertTrue(time.isStanding());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 5, 10})
  void startsAnewWhenTheWaitWasOnceAtTheTarget(double waitMillis) {
    ticks(20, 15);
    tick(waitMillis);
    ticks(21, 15);
    assertFalse(time.isStanding());
    tick(15);
    assertTrue(time.isStanding());
  }

  @Test
  void letsAQueueDrainThatGetsShorter() {
    // two are let in for each one that comes
    for (int i = 0; i < 200; i++) {
      tick(15);
      time.served(now);
    }
    assertFalse(time.isStanding());
  }

  @Test
  void standsOnceItNoLongerDrains() {
    for (int i = 0; i < 50; i++) {
      tick(15);
      time.served(now);
    }
    ticks(45, 15);
    assertTrue(time.isStanding());
  }

  @Test
  void takesAPauseOfTheHostForNothing() {
    ticks(5, 15);
    // nobody is served for 30 ms; then those that came meanwhile all are seen at once
    now += (long) (30 * MILLI);
    for (int i = 0; i < 30; i++) {
      time.arrives(30 * MILLI, TARGET, SPAN, RATE, now);
    }
    assertFalse(time.isStanding());
    ticks(20, 25);
    assertFalse(time.isStanding(), "it counts from the pause on");
    ticks(2, 25);
    assertTrue(time.isStanding());
  }

  @Test
  void takesAPauseForNothingThatIsOver() {
    ticks(5, 15);
    now += (long) (12 * MILLI);
    ticks(12, 15);
    assertFalse(time.isStanding(), "one gap of 13 ms is more than half the patience");
  }

  @Test
  void doesNotTakeSlowServiceForAPause() {
    // at 50 per second, eight usual gaps are 160 ms
    for (int i = 0; i < 3; i++) {
      now += (long) (20 * MILLI);
      time.arrives(50 * MILLI, TARGET, SPAN, 50, now);
      time.served(now);
    }
    assertTrue(time.isStanding());
  }

  // the way back

  @Test
  void passesAgainWhenNobodyWasRefusedForSomeTargets() {
    stand();
    overload(10);
    ticks(40, 15);
    assertTrue(time.isStanding(), "40 ms are not more than 40 ms");
    tick(15);
    assertFalse(time.isStanding());
  }

  @Test
  void standsWhileSomebodyIsRefused() {
    stand();
    for (int i = 0; i < 50; i++) {
      ticks(39, 15);
      time.refused(now);
    }
    assertTrue(time.isStanding());
  }

  @Test
  void learnsPatienceFromABurst() {
    burst();
  }

  private void burst() {
    stand();
    overload(100);
    // the queue was above its target since the first of the 22
    double episode = 121 * MILLI;
    idle(45);
    assertFalse(time.isStanding());
    assertEquals(1.5 * episode, time.patienceNanos(), MILLI);
  }

  @Test
  void usesThePatienceItHasLearnt() {
    burst();
    ticks(182, 15);
    assertFalse(time.isStanding());
    ticks(2, 15);
    assertTrue(time.isStanding());
  }

  @Test
  void learnsNoPatienceIfLoadGoesOn() {
    stand();
    overload(100);
    ticks(41, 15);
    assertFalse(time.isStanding());
    assertEquals(20 * MILLI, time.patienceNanos());
  }

  @ParameterizedTest
  @CsvSource({
    // in 100 ms until their deadlines 100 are served at 1000 per second; twice that is the most
    "200, true",
    "201, false"
  })
  void learnsNothingFromWhatDeadlinesCouldNotHaveServed(int refused, boolean learns) {
    stand();
    overload(refused);
    idle(45);
    assertFalse(time.isStanding());
    assertEquals(learns, time.patienceNanos() > 20 * MILLI);
  }

  @Test
  void losesPatienceWithALargeOverload() {
    burst();
    ticks(190, 15);
    assertTrue(time.isStanding());
    overload(201);
    idle(45);
    assertEquals(20 * MILLI, time.patienceNanos());
  }

  @Test
  void waitsForTheEndOfABurstThatHasBegunToDrain() {
    // four come for each one that is let in, for 10 of 20 ms, and then hardly any
    for (int i = 0; i < 10; i++) {
      arrive(3);
      tick(15);
    }
    for (int i = 0; i < 25; i++) {
      now += (long) MILLI;
      time.served(now);
      if (i % 6 == 0) {
        arrive(1);
      }
    }
    assertFalse(time.isStanding());
    ticks(12, 15);
    assertTrue(time.isStanding(), "it no longer drains");
  }

  @ParameterizedTest
  @CsvSource({
    // arrivals in 41 ms at 1000 per second: below 0.4 of 41 is idle
    "15, true",
    "16, false"
  })
  void tellsIdleTimeByArrivals(int before, boolean learns) {
    stand();
    overload(100);
    for (int i = 0; i < before; i++) {
      time.arrives(0, TARGET, SPAN, RATE, now);
    }
    now += (long) (41 * MILLI);
    time.arrives(0, TARGET, SPAN, RATE, now);
    assertFalse(time.isStanding());
    assertEquals(learns, time.patienceNanos() > 20 * MILLI);
  }

  @Test
  void keepsTheGreaterPatience() {
    burst();
    double learnt = time.patienceNanos();
    ticks(190, 15);
    assertTrue(time.isStanding());
    idle(45);
    assertTrue(time.patienceNanos() > learnt);
    double more = time.patienceNanos();
    tick(5);
    assertEquals(more, time.patienceNanos());
  }

  @Test
  void losesPatienceWithLongOverload() {
    burst();
    ticks(190, 15);
    overload(401);
    idle(45);
    assertFalse(time.isStanding());
    assertEquals(20 * MILLI, time.patienceNanos());
  }

  @Test
  void hasThePatienceOfItsTarget() {
    time.arrives(0, 500 * MILLI, SPAN, RATE, now);
    assertEquals(1_000 * MILLI, time.patienceNanos());
    time.arrives(0, 1 * MILLI, SPAN, RATE, now);
    assertEquals(2 * MILLI, time.patienceNanos());
  }

  @Test
  void worksOnAClockBelowZero() {
    now = -3_600_000L * (long) MILLI;
    stand();
    overload(10);
    ticks(41, 15);
    assertFalse(time.isStanding());
  }

  private void arrive(int count) {
    for (int i = 0; i < count; i++) {
      time.arrives(15 * MILLI, TARGET, SPAN, RATE, now);
    }
  }

  private void idle(int millis) {
    now += (long) (millis * MILLI);
    time.arrives(0, TARGET, SPAN, RATE, now);
  }
}
