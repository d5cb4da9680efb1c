package dev.snowshed.core.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateMeterTest {
  private static final double MEMORY = 500e6;
  private static final long SECOND = 1_000_000_000;

  private final RateMeter meter = new RateMeter(MEMORY);

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithItsNaiveTwin(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    double guess = random.nextDouble(1_000);
    long now = random.nextLong();
    double ran = 0;
    boolean running = true;
    List<Double> events = new ArrayList<>();
    meter.start(now, guess);

    for (int i = 0; i < 400; i++) {
      long step = random.nextLong(20_000_000);
      now += step;
      ran += running ? step : 0;
      switch (random.nextInt(8)) {
        case 0 -> {
          meter.stop(now);
          running = false;
        }
        case 1 -> {
          meter.start(now, 1e9);
          running = true;
        }
        default -> {
          meter.event(now);
          events.add(ran);
        }
      }
      double expected = naive(guess, events, ran);
      assertEquals(expected, meter.perSecond(now), 1e-6 * expected);
    }
  }

  /** Every event weighs by the time that ran since; so does the time. */
  private static double naive(double guess, List<Double> events, double ran) {
    double kept = Math.exp(-ran / MEMORY);
    double weight = guess * MEMORY / 4 / 1e9 * kept;
    for (double at : events) {
      weight += Math.exp((at - ran) / MEMORY);
    }
    return weight * 1e9 / (MEMORY / 4 * kept + MEMORY * (1 - kept));
  }

  @Test
  void isZeroBeforeTheFirstStart() {
    meter.event(5);
    assertEquals(0, meter.perSecond(10));
  }

  @Test
  void beginsWithTheGuess() {
    meter.start(7, 120);
    assertEquals(120, meter.perSecond(7), 1e-9);
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 100, 1_000, 10_000})
  void findsASteadyRate(long perSecond) {
    meter.start(0, 3.0 * perSecond);
    for (long i = 1; i <= 4 * perSecond; i++) {
      meter.event(i * SECOND / perSecond);
    }
    // between two events it swings by one of those that it remembers
    double swing = 1e9 / MEMORY + 0.01 * perSecond;
    assertEquals((double) perSecond, meter.perSecond(4 * SECOND), swing);
  }

  @Test
  void fadesWhileNothingHappens() {
    meter.start(0, 100);
    double before = meter.perSecond(SECOND);
    assertTrue(meter.perSecond(2 * SECOND) < before / 4);
  }

  @Test
  void holdsWhileItStands() {
    meter.start(0, 100);
    meter.stop(SECOND);
    double before = meter.perSecond(SECOND);
    assertEquals(before, meter.perSecond(100 * SECOND));
    meter.start(100 * SECOND, 1e6);
    assertEquals(before, meter.perSecond(100 * SECOND), "a second guess does not count");
  }

  @Test
  void isNotStartedTwice() {
    meter.start(0, 100);
    meter.start(SECOND, 100);
    RateMeter other = new RateMeter(MEMORY);
    other.start(0, 100);
    assertEquals(other.perSecond(SECOND), meter.perSecond(SECOND));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, Long.MAX_VALUE})
  void staysANumberWhereverTheClockJumps(long to) {
    long[] from = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE};
    for (long start : from) {
      RateMeter jumping = new RateMeter(MEMORY);
      jumping.start(start, 100);
      jumping.event(to);
      jumping.event(start);
      double rate = jumping.perSecond(to);
      assertTrue(rate >= 0 && rate <= 1e6, () -> start + " to " + to + ": " + rate);
    }
  }
}
