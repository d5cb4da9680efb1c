package dev.snowshed.simulation.peer;

import static dev.snowshed.simulation.peer.Feed.MILLI;
import static dev.snowshed.simulation.peer.Feed.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BrpcLimitTest {
  private final BrpcLimit limit = brpc(BrpcLimit.DEFAULT_MIN_SAMPLES);
  private final Feed feed = new Feed(limit, MILLI);

  private static BrpcLimit brpc(int minSamples) {
    return new BrpcLimit(minSamples, new SplittableRandom(1));
  }

  @Test
  void isTheProductOfRateAndLatencyWithRoomToExplore() {
    feed.useful(200, 10 * MILLI, 10);
    // 200 in 199 ms are 1005.03 per second; · 0.010 s = 10.05; · 1.3 = 13.07
    assertEquals(13, limit.limit());
  }

  @Test
  void addsTheLatencyOfFailuresToThatOfSuccesses() {
    for (int i = 0; i < 100; i++) {
      feed.useful(1, 10 * MILLI, 10);
      feed.end(20 * MILLI, 10, true, false);
    }
    // (100 · 10 + 100 · 20) ÷ 100 = 30 ms; 100 in 199 ms are 502.51; 0.030 · 502.51 · 1.3 = 19.60
    assertEquals(19, limit.limit());
  }

  @Test
  void isHalvedByAWindowOfFailures() {
    for (int i = 0; i < 200; i++) {
      feed.end(10 * MILLI, 10, false, true);
    }
    assertEquals(20, limit.limit());
  }

  @Test
  void learnsNothingFromAWindowOfFewerThanAHundred() {
    slowly(limit, 1000);
    assertEquals(40, limit.limit());
  }

  @Test
  void learnsFromFewerIfItIsTold() {
    BrpcLimit sparse = brpc(20);
    slowly(sparse, 1000);
    // 51 in the first second; · 0.2 s · 1.3 = 13.26
    assertEquals(13, sparse.limit());
  }

  private static void slowly(BrpcLimit law, int requests) {
    new Feed(law, 20 * MILLI).useful(requests, 200 * MILLI, 10);
  }

  @Test
  void smooths() {
    // 0.1 · 5000 + 0.9 · 10000
    assertEquals(9500, BrpcLimit.nextMinLatency(10_000, 5000));
    assertEquals(10_000, BrpcLimit.nextMinLatency(10_000, 20_000));
    assertEquals(5000, BrpcLimit.nextMinLatency(-1, 5000));
    // 0.01 · 500 + 0.99 · 1000
    assertEquals(995, BrpcLimit.nextMaxQps(1000, 500), 1e-9);
    assertEquals(1100, BrpcLimit.nextMaxQps(1000, 1100));
  }

  @Test
  void exploresLessWhenLatencyRisesAtFullRate() {
    // 12 ms > 1.06 · 10 ms, and 990 > 1000 ÷ 1.06 = 943.4
    assertEquals(0.18, BrpcLimit.nextExplore(0.2, 12_000, 10_000, 990, 1000), 1e-9);
    assertEquals(0.22, BrpcLimit.nextExplore(0.2, 12_000, 10_000, 940, 1000), 1e-9);
    assertEquals(0.22, BrpcLimit.nextExplore(0.2, 10_600, 10_000, 990, 1000), 1e-9);
    assertEquals(0.06, BrpcLimit.nextExplore(0.07, 12_000, 10_000, 990, 1000), 1e-9);
    assertEquals(0.3, BrpcLimit.nextExplore(0.29, 10_000, 10_000, 990, 1000), 1e-9);
  }

  @Test
  void fallsToMeasureTheLatencyAnew() {
    feed.useful(400, 100 * MILLI, 100);
    int lowest = Integer.MAX_VALUE;
    while (feed.now() < 51 * SECOND) {
      feed.useful(100, 100 * MILLI, 100);
      lowest = Math.min(lowest, limit.limit());
      assertTrue(feed.now() > 25 * SECOND || limit.limit() >= 100, "before its time");
    }
    // 0.9 · 0.1 s · 1005 per second = 90.5, rounded up
    assertEquals(91, lowest);
  }

  @Test
  void neverFallsBelowTheNumberOfWorkers() {
    feed.useful(2000, MILLI, 1);
    assertEquals(9, limit.limit());
  }
}
