package dev.snowshed.simulation.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KratosBbrTest {
  private final Scripted host = new Scripted(KratosBbr::new);

  @Test
  void letsAllInWhileTheAverageOfTheCpuIsLow() {
    // 1000 · (1 − 0.95ⁿ) reaches 800 at n = 32, after 16 s; rounding down delays it to n = 33
    host.pass(16_000, 1, 0);
    assertEquals(1000, host.room());
  }

  @Test
  void refusesOnceItIsHigh() {
    host.pass(20_000, 1, 0);
    // nothing is known: 1 · 1 · 10 ÷ 1000 = 0; the first two are let in, since 1 is not above 1
    assertEquals(2, host.room());
  }

  @Test
  void letsInAsManyAsTheBestBucketAndTheFastestOne() {
    host.pass(20_000, 1, 0);
    for (int i = 0; i < 5; i++) {
      host.serve(2, 10, 1);
      host.pass(90, 1, 0);
    }
    // 2 · 10 · 10 ÷ 1000 = 0.2: two
    assertEquals(2, host.room());
  }

  @Test
  void takesTheRateFromOneBucketAndTheLatencyFromAnother() {
    host.pass(40_000, 0.75, 0);
    host.serve(4, 20, 0.75);
    host.pass(80, 0.75, 0);
    host.serve(60, 50, 0.75);
    host.pass(5_000, 1, 0);
    // 60 · 20 · 10 ÷ 1000 = 12; 13 is above
    assertEquals(13, host.room());
  }

  @Test
  void doesNotCountTheBucketThatGoesOn() {
    host.pass(20_000, 1, 0);
    host.serve(2, 90, 1);
    assertEquals(2, host.room());
    host.pass(10, 1, 0);
    // 2 · 90 · 10 ÷ 1000 = 1.8
    assertFalse(host.asks());
  }

  @Test
  void refusesForASecondAfterTheCpuIsLowAgain() {
    host.pass(16_500, 1, 0);
    assertEquals(2, host.room());
    // 815 · 0.95 = 774
    host.pass(500, 0.001, 0);
    assertFalse(host.asks());
    host.pass(500, 0.001, 0);
    assertFalse(host.asks());
    host.pass(1, 0.001, 0);
    assertTrue(host.asks());
  }

  @Test
  void keepsTheUsageWhereNoneIsMeasured() {
    host.pass(20_000, 1, 0);
    host.pass(10_000, 0, 0);
    assertEquals(2, host.room());
  }
}
