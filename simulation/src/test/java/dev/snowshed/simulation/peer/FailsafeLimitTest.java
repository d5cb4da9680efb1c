package dev.snowshed.simulation.peer;

import static dev.snowshed.simulation.peer.Feed.MILLI;
import static dev.snowshed.simulation.peer.Feed.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailsafeLimitTest {
  private final FailsafeLimit limit = new FailsafeLimit(FailsafeLimit.DEFAULT_MAX);
  private final Feed feed = new Feed(limit, MILLI);

  @ParameterizedTest
  @CsvSource({
    "7, false, 0, 0, 0, -1",
    "6, false, 0, 0, 0, 0",
    "3, false, 0, 0, 0, 0",
    "2, false, 0, 0, 0, 1",
    // less throughput with more in flight
    "0, true, -0.1, 0.5, 0, -1",
    "0, false, -0.1, 0.5, 0, 1",
    // slower, and not more throughput
    "0, true, 0.2, 0.5, 0.6, -1",
    "0, true, 0.2, 0.5, 0.5, 1",
    // slower, and ever the same throughput
    "0, true, 0.5, 0.1, 0.6, -1",
    "0, true, 0.5, 0.2, 0.6, 1",
  })
  void decides(
      int queue,
      boolean full,
      double throughputCorrelation,
      double throughputVariation,
      double recentCorrelation,
      int expected) {
    assertEquals(
        expected,
        FailsafeLimit.direction(
            queue, 1, full, throughputCorrelation, throughputVariation, recentCorrelation));
  }

  @ParameterizedTest
  @CsvSource({
    "20, 1, 10, 21",
    // 5 · 4 = 20
    "20, 1, 4, 20",
    // 5 · 3 = 15, reached step by step
    "20, 1, 3, 19",
    "200, 2, 100, 200",
    "1, -1, 1, 1",
  })
  void staysWithinBounds(double old, int step, int maxInflight, double expected) {
    assertEquals(expected, FailsafeLimit.next(old, step, maxInflight, 200));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "99, 1", "100, 2", "999, 2", "1000, 3"})
  void stepsByTheLogarithm(int of, int expected) {
    assertEquals(expected, FailsafeLimit.log10(of));
  }

  @Test
  void growsByOneInEachWindow() {
    feed.useful(50, 10 * MILLI, 15);
    assertEquals(21, limit.limit());
    feed.useful(500, 10 * MILLI, 15);
    assertEquals(21, limit.limit());
    feed.pass(SECOND);
    feed.useful(1, 10 * MILLI, 15);
    assertEquals(22, limit.limit());
  }

  @Test
  void takesNoSampleFromWhatWasCut() {
    for (int i = 0; i < 60; i++) {
      feed.end(10 * MILLI, 15, true, true);
    }
    assertEquals(20, limit.limit());
  }

  @Test
  void fallsWhenLatencyRisesAboveTheBaseline() {
    windows(12, 10 * MILLI);
    windows(2, 40 * MILLI);
    // the median still hides the rise: 20 + 14 steps up
    assertEquals(34, limit.limit());
    windows(1, 40 * MILLI);
    // recent ⅔ · 10 + ⅓ · 40 = 20; baseline 9/11 · 10 + 2/11 · 20 = 11.82; ⌈34 · 0.409⌉ = 14 > 6
    assertEquals(33, limit.limit());
  }

  private void windows(int count, long latencyNanos) {
    for (int i = 0; i < count; i++) {
      feed.useful(50, latencyNanos, 15);
      feed.pass(SECOND);
    }
  }
}
