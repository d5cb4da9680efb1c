package dev.snowshed.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WakefulTimeTest {
  private static final long START = Long.MAX_VALUE - 5_000;

  private long paused = 77;
  private final WakefulTime time = new WakefulTime(() -> paused, START);

  private long at(long nanos) {
    return time.applyAsLong(START + nanos);
  }

  @Test
  void passesAsRealTimeDoes() {
    assertEquals(0, at(0));
    assertEquals(1_000, at(1_000));
    assertEquals(9_000, at(9_000));
  }

  @Test
  void leavesPausesOut() {
    paused += 600;
    assertEquals(400, at(1_000));
    assertEquals(1_400, at(2_000));
  }

  @Test
  void runsAtATenthAtLeast() {
    paused += 1_000;
    assertEquals(100, at(1_000), "nothing but a pause");
  }

  @Test
  void countsAPauseThatWasToldTooLate() {
    paused += 1_500;
    assertEquals(100, at(1_000));
    assertEquals(500, at(2_000));
  }

  @Test
  void doesNotKeepPausesForLong() {
    paused += 100_000_000_000L;
    assertEquals(1_000_000_000L, at(10_000_000_000L));
    assertEquals(2_000_000_000L, at(12_000_000_000L));
  }

  @Test
  void neverRunsBack() {
    assertEquals(1_000, at(1_000));
    assertEquals(1_000, at(500));
    paused -= 50;
    assertEquals(2_000, at(2_000));
  }
}
