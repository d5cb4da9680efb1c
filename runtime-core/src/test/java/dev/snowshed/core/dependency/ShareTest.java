package dev.snowshed.core.dependency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ShareTest {
  private static final Confidence TWO_SIDED_95 = new Confidence(0.025, false);

  /** Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10. */
  @Test
  void givesTheIntervalsOfThePaper() {
    assertInterval(0.0524, 0.3339, new Share(56 / 70.0, 70), new Share(48 / 80.0, 80));
    assertInterval(0.1705, 0.8090, new Share(9 / 10.0, 10), new Share(3 / 10.0, 10));
  }

  private static void assertInterval(double low, double high, Share one, Share other) {
    Interval found = one.minus(other, TWO_SIDED_95);
    assertEquals(low, found.low(), 0.0002);
    assertEquals(high, found.high(), 0.0002);
  }

  @Test
  void knowsNothingWithoutCalls() {
    assertEquals(Interval.UNKNOWN, new Share(0, 0).minus(new Share(0, 10), TWO_SIDED_95));
    assertEquals(Interval.UNKNOWN, new Share(0, 10).minus(new Share(0, 0), TWO_SIDED_95));
  }

  /** With the bounds for one look, one of three or four runs fails. */
  @Test
  void boundsAShareHoweverOftenOneLooks() {
    Confidence anyTime = new Confidence(0.05, true);
    int half = 0;
    int twentieth = 0;
    for (int seed = 0; seed < 1000; seed++) {
      half += everBeyond(0.5, seed, share -> share.low(anyTime) > 0.5) ? 1 : 0;
      twentieth += everBeyond(0.05, seed, share -> share.high(anyTime) < 0.05) ? 1 : 0;
    }
    assertTrue(half <= 50, half + " of 1000 runs found a half to be more");
    assertTrue(twentieth <= 50, twentieth + " of 1000 runs found a twentieth to be less");
  }

  private static boolean everBeyond(double truth, int seed, Predicate<Share> beyond) {
    SplittableRandom random = new SplittableRandom(seed);
    int failed = 0;
    boolean ever = false;
    for (int calls = 1; calls <= 2000; calls++) {
      failed += random.nextDouble() < truth ? 1 : 0;
      ever |= beyond.test(new Share((double) failed / calls, calls));
    }
    return ever;
  }
}
