package dev.snowshed.core.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MomentsTest {
  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void agreeWithTheDefinition(long seed) {
    double[] values = new SplittableRandom(seed).doubles(2 + seed * 7, 1, 1e9).toArray();
    Moments moments = new Moments();
    double sum = 0;
    for (double value : values) {
      moments.add(value);
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double variance = squares / (values.length - 1);

    assertEquals(values.length, moments.count());
    assertEquals(mean, moments.mean(), 1e-9 * mean);
    assertEquals(variance, moments.variance(), 1e-9 * variance);
  }

  @Test
  void haveNoVarianceBelowTwoValues() {
    Moments moments = new Moments();
    assertEquals(0, moments.mean());
    assertEquals(0, moments.variance());
    moments.add(7);
    assertEquals(7, moments.mean());
    assertEquals(0, moments.variance());
  }

  @Test
  void keepMeanAndSpreadWhenTheyForget() {
    Moments moments = new Moments();
    for (int i = 0; i < 1_000; i++) {
      moments.add(i % 2 == 0 ? 10 : 20);
    }
    moments.keepAtMost(1_000);
    assertEquals(1_000, moments.count());
    moments.keepAtMost(999);
    assertEquals(500, moments.count());
    assertEquals(15, moments.mean(), 1e-9);
    assertEquals(25, moments.variance(), 0.1);
  }

  @Test
  void followWhatIsRecentIfTheyForget() {
    Moments moments = new Moments();
    for (int i = 0; i < 2_000; i++) {
      moments.keepAtMost(100);
      moments.add(i < 1_000 ? 1 : 2);
    }
    assertTrue(moments.count() <= 101);
    assertEquals(2, moments.mean(), 0.01);
  }
}
