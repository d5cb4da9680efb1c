package dev.snowshed.simulation.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.simulation.peer.SentinelGate.Trigger;
import org.junit.jupiter.api.Test;

class SentinelGateTest {
  private final Scripted host = new Scripted(view -> new SentinelGate(Trigger.LOAD, view));
  private final Scripted byCpu = new Scripted(view -> new SentinelGate(Trigger.CPU, view));

  /** load1 moves at every fifth second: 104 · (1 − e^(−1/12)) = 8.32, then 15.97. */
  private void load(long millis) {
    host.pass(millis, 1, 100);
  }

  @Test
  void letsAllInUntilTheLoadIsAboveTwoAndAHalfTimesTheCores() {
    load(5_000);
    // 8.32 is not above 10
    assertEquals(1000, host.room());
  }

  @Test
  void looksAtTheLoadEveryFiveSeconds() {
    load(9_999);
    assertEquals(1000, host.room());
  }

  @Test
  void refusesWhatExceedsRateTimesLatency() {
    load(10_000);
    host.serve(1, 20, 1);
    // 2 per second · 20 ms = 0.04: two, since 1 is not above 1
    assertEquals(2, host.room());
  }

  @Test
  void takesTheBetterBucketAndTheLowestLatencyOfTheLastSecond() {
    host.pass(9_500, 1, 100);
    host.serve(400, 100, 1);
    host.pass(400, 1, 100);
    host.serve(30, 20, 1);
    // 2 · 400 per second · 20 ms ÷ 1000 = 16; 17 is above
    assertEquals(17, host.room());
  }

  @Test
  void forgetsWhatIsOlderThanASecond() {
    host.pass(9_000, 1, 100);
    host.serve(400, 100, 1);
    host.pass(880, 1, 100);
    host.serve(30, 20, 1);
    // 2 · 30 per second · 20 ms ÷ 1000 = 1.2: two
    assertEquals(2, host.room());
  }

  @Test
  void assumesFiveSecondsWhereNothingHasEnded() {
    load(10_000);
    // 2 · 1 per second · 5 s = 10; 11 is above
    assertEquals(11, host.room());
  }

  @Test
  void refusesAllWhileTheCpuOfTheLastSecondIsAboveItsThreshold() {
    byCpu.pass(1_000, 0.8, 0);
    assertEquals(1000, byCpu.room());
    byCpu.pass(1_000, 0.81, 0);
    assertEquals(0, byCpu.room());
    byCpu.pass(1_000, 0.5, 0);
    assertEquals(1000, byCpu.room());
  }
}
