package dev.snowshed.simulation.peer;

import static dev.snowshed.simulation.peer.Feed.MILLI;
import static dev.snowshed.simulation.peer.Feed.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.simulation.peer.EnvoyGradient.Settings;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvoyGradientTest {
  private final EnvoyGradient pinned = new EnvoyGradient(Settings.PINNED, new SplittableRandom(1));
  private final Feed feed = new Feed(pinned, MILLI);

  @ParameterizedTest
  @CsvSource({
    // 1.25 · 10 ÷ 12.5 = 1; 20 + √20 = 24.47
    "20, 10000, 12500, 24",
    // 1.25 · 10 ÷ 25 = 0.5; 10 + √10 = 13.16
    "20, 10000, 25000, 13",
    // 1.25 · 10 ÷ 100 = 0.125, held at 0.5
    "20, 10000, 100000, 13",
    // 1.25 · 10 ÷ 5 = 2.5, held at 2; 40 + √40 = 46.32
    "20, 10000, 5000, 46",
  })
  void setsTheLimitByTheGradient(int old, long minRtt, long sampleRtt, int expected) {
    assertEquals(expected, EnvoyGradient.unbounded(old, minRtt, sampleRtt));
  }

  @Test
  void measuresFirstWithTheLowestLimit() {
    feed.pass(10 * SECOND);
    feed.useful(49, 10 * MILLI, 3);
    feed.pass(10 * SECOND);
    assertEquals(3, pinned.limit());
  }

  @Test
  void growsAfterTheMeasurement() {
    feed.useful(70, 10 * MILLI, 3);
    feed.useful(60, 10 * MILLI, 3);
    feed.pass(50 * MILLI);
    // 1.25; 3.75 + √3.75 = 5.69
    assertEquals(5, pinned.limit());
  }

  @Test
  void takesTheNinthTenth() {
    measure();
    feed.useful(45, 10 * MILLI, 3);
    feed.useful(6, 25 * MILLI, 3);
    feed.pass(60 * MILLI);
    // the 46th of 51 is 25 ms: 0.5; 1.5 + √1.5 = 2.72, held at 3
    assertEquals(3, pinned.limit());
  }

  @Test
  void ignoresWhatBeganBeforeTheMeasurement() {
    feed.useful(9, 10 * MILLI, 3);
    feed.useful(49, MILLI, 3);
    feed.pass(SECOND);
    assertEquals(3, pinned.limit());
    feed.useful(2, MILLI, 3);
    feed.pass(SECOND);
    assertTrue(pinned.limit() > 3, "limit " + pinned.limit());
  }

  @Test
  void measuresAgainAfterFiveUpdatesAtTheLowestLimit() {
    measure();
    for (int update = 0; update < 5; update++) {
      feed.useful(1, 20 * MILLI, 3);
      feed.pass(100 * MILLI);
    }
    feed.useful(71, 20 * MILLI, 3);
    feed.pass(100 * MILLI);
    // minRTT is 20 ms now: 1.25
    assertEquals(5, pinned.limit());
  }

  @Test
  void measuresAgainAfterAMinuteAndTheJitter() {
    measure();
    long measuredAt = feed.now();
    while (feed.now() < measuredAt + 60 * SECOND - 200 * MILLI) {
      feed.useful(1, 10 * MILLI, 3);
      feed.pass(10 * MILLI);
    }
    assertEquals(Settings.MAX_LIMIT, pinned.limit());
    feed.pass(6 * SECOND + 200 * MILLI);
    assertEquals(3, pinned.limit());
  }

  /** The least and the most of the jitter: 0 to 5999 of 60,000 ms · 0.1. */
  @ParameterizedTest
  @CsvSource({"0, 60000", "2345, 62345", "5999, 65999"})
  void delaysTheMeasurementByTheJitter(int drawn, long millis) {
    Drawn random = new Drawn(drawn);
    EnvoyGradient law = new EnvoyGradient(Settings.PINNED, random);
    Feed feed = new Feed(law, MILLI);
    feed.useful(59, 10 * MILLI, 3);
    assertEquals(6000, random.bound);
    feed.useful(60, 10 * MILLI, 3);
    feed.pass(millis * MILLI - 60 * MILLI - 1);
    // 1.25; 3.75 + √3.75 = 5.69, and no samples since
    assertEquals(5, law.limit());
    feed.pass(1);
    assertEquals(3, law.limit());
  }

  /** The window of the measurement ends with its 50th request, not with time. */
  @Test
  void returnsToTheLimitAfterTheMeasurement() {
    EnvoyGradient law = new EnvoyGradient(Settings.PINNED, new Drawn(0));
    Feed feed = new Feed(law, MILLI);
    feed.useful(59 + 60, 10 * MILLI, 3);
    feed.pass(60 * SECOND);
    assertEquals(3, law.limit());
    feed.useful(49, 20 * MILLI, 3);
    feed.pass(5 * SECOND);
    assertEquals(3, law.limit());
    feed.useful(1, 20 * MILLI, 3);
    assertEquals(5, law.limit());
    feed.useful(60, 20 * MILLI, 3);
    feed.pass(50 * MILLI);
    // minRTT is 20 ms: 1.25; 6.25 + √6.25 = 8.75
    assertEquals(8, law.limit());
  }

  /** A generator of one number, which remembers below what. */
  private static final class Drawn implements RandomGenerator {
    private final int number;
    private int bound;

    Drawn(int number) {
      this.number = number;
    }

    @Override
    public int nextInt(int below) {
      bound = below;
      return number;
    }

    @Override
    public long nextLong() {
      return number;
    }
  }

  @Test
  void keepsTheLimitWhileItMeasuresIfTheLowerBoundIsSetApart() {
    EnvoyGradient unpinned = new EnvoyGradient(Settings.UNPINNED, new SplittableRandom(1));
    assertEquals(25, unpinned.limit());
    Feed other = new Feed(unpinned, MILLI);
    other.useful(60, 10 * MILLI, 25);
    other.useful(60, 10 * MILLI, 25);
    other.pass(50 * MILLI);
    // 31.25 + √31.25 = 36.84
    assertEquals(36, unpinned.limit());
  }

  @Test
  void takesNoSampleFromACancelledRequest() {
    for (int i = 0; i < 60; i++) {
      feed.end(MILLI, 3, false, true);
    }
    feed.useful(40, 10 * MILLI, 3);
    feed.pass(SECOND);
    assertEquals(3, pinned.limit());
  }

  /** 10 ms, until 59 ms after the start; 9 are too old to count. */
  private void measure() {
    feed.useful(59, 10 * MILLI, 3);
  }
}
