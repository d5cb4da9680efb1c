package dev.snowshed.core.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationHistogramTest {
  private static final double QUARTER_OCTAVE = Math.pow(2, 0.25);

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isWithinAQuarterOfAnOctaveOfItsNaiveTwin(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    int capacity = random.nextInt(2, 300);
    DurationHistogram histogram = new DurationHistogram(capacity);
    Naive naive = new Naive(capacity);

    for (int i = 0; i < 500; i++) {
      double nanos = 1_000 * Math.exp(random.nextDouble(-1, 18));
      histogram.record(nanos);
      naive.record(nanos);
      if (i % 7 != 0) {
        continue;
      }
      double share = random.nextDouble();
      double exact = Math.max(1_000, naive.quantile(share));
      double found = histogram.quantile(share);

      assertEquals(naive.total(), histogram.count(), 1e-9 * naive.total());
      assertEquals(naive.mean(), histogram.mean(), 1e-9 * naive.mean());
      assertTrue(found >= exact * (1 - 1e-9), () -> found + " is below " + exact);
      assertTrue(found <= exact * QUARTER_OCTAVE * (1 + 1e-9), () -> found + " is above " + exact);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1000", "-5, 1000", "1000, 1000", "1001, 1189", "2000, 2000", "4000, 4000"})
  void roundsUpToTheEndOfABucket(double nanos, double end) {
    DurationHistogram histogram = new DurationHistogram(10);
    histogram.record(nanos);
    assertEquals(end, histogram.quantile(0.5), 1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.99, 1})
  void knowsNothingAtFirst(double share) {
    DurationHistogram histogram = new DurationHistogram(10);
    assertEquals(0, histogram.quantile(share));
    assertEquals(0, histogram.mean());
    assertEquals(0, histogram.count());
  }

  @Test
  void hasItsLongestAtTheEnd() {
    DurationHistogram histogram = new DurationHistogram(10);
    histogram.record(2_000);
    histogram.record(8_000);
    assertEquals(2_000, histogram.quantile(0), 1);
    assertEquals(2_000, histogram.quantile(0.49), 1);
    assertEquals(8_000, histogram.quantile(0.5), 1);
    assertEquals(8_000, histogram.quantile(1), 1);
  }

  @Test
  void putsWhatIsLongerThanAllBucketsIntoTheLast() {
    DurationHistogram histogram = new DurationHistogram(10);
    histogram.record(Double.MAX_VALUE);
    assertEquals(1_000 * Math.pow(2, 30), histogram.quantile(1), 1);
  }

  @Test
  void countsBelowZeroAndNoNumberAsZero() {
    DurationHistogram histogram = new DurationHistogram(10);
    histogram.record(-1e9);
    histogram.record(Double.NaN);
    assertEquals(0, histogram.mean());
    assertEquals(2, histogram.count());
  }

  @Test
  void forgetsHalfWhenItIsFull() {
    DurationHistogram histogram = new DurationHistogram(4);
    for (int i = 0; i < 4; i++) {
      histogram.record(1_000);
    }
    histogram.record(6_000);
    assertEquals(3, histogram.count());
    assertEquals((2 * 1_000 + 6_000) / 3.0, histogram.mean(), 1e-9);
  }

  @Test
  void followsWhatIsRecent() {
    DurationHistogram histogram = new DurationHistogram(100);
    for (int i = 0; i < 1_000; i++) {
      histogram.record(1e6);
    }
    for (int i = 0; i < 1_000; i++) {
      histogram.record(1e9);
    }
    assertTrue(histogram.quantile(0.1) > 0.9e9);
    assertEquals(1e9, histogram.mean(), 1e7);
  }

  /** Remembers every value with its weight, and sorts. */
  private static final class Naive {
    private record Weighed(double nanos, double weight) {}

    private final int capacity;
    private List<Weighed> values = new ArrayList<>();

    Naive(int capacity) {
      this.capacity = capacity;
    }

    void record(double nanos) {
      if (total() >= capacity) {
        values =
            new ArrayList<>(
                values.stream().map(v -> new Weighed(v.nanos(), v.weight() / 2)).toList());
      }
      values.add(new Weighed(nanos, 1));
    }

    double total() {
      return values.stream().mapToDouble(Weighed::weight).sum();
    }

    double mean() {
      return values.stream().mapToDouble(v -> v.nanos() * v.weight()).sum() / total();
    }

    double quantile(double share) {
      double left = share * total();
      List<Weighed> sorted = new ArrayList<>(values);
      sorted.sort(Comparator.comparingDouble(Weighed::nanos));
      for (Weighed value : sorted) {
        left -= value.weight();
        if (left < 0) {
          return value.nanos();
        }
      }
      return sorted.getLast().nanos();
    }
  }
}
