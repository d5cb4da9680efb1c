package dev.snowshed.simulation.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void averagesFirstAlikeAndThenByAge() {
    MovingAverage average = new MovingAverage(4);
    for (int i = 1; i <= 9; i++) {
      average.add(i);
    }
    assertEquals(5.5, average.add(10), 1e-12);
    // 0.6 · 5.5 + 0.4 · 10
    assertEquals(7.3, average.add(10), 1e-12);
  }

  @Test
  void takesTheMedianOfFive() {
    MovingMedian median = new MovingMedian();
    for (double value : new double[] {9, 1, 8, 2}) {
      assertEquals(value, median.add(value));
    }
    assertEquals(7, median.add(7));
    // 1 8 2 7 3
    assertEquals(3, median.add(3));
  }

  @Test
  void correlates() {
    Correlation rising = new Correlation(50);
    Correlation falling = new Correlation(10);
    for (int i = 1; i <= 9; i++) {
      rising.add(i, 2 * i);
      assertEquals(0, rising.coefficient());
    }
    rising.add(10, 20);
    assertEquals(1, rising.coefficient(), 1e-12);
    // 1 to 10: deviation √8.25 = 2.872, mean 5.5
    assertEquals(0.5222, rising.variationY(), 1e-4);
    for (int i = 1; i <= 30; i++) {
      falling.add(i, i <= 20 ? i : 100 - i);
    }
    assertEquals(-1, falling.coefficient(), 1e-12);
  }

  @Test
  void doesNotCorrelateWhatHardlyVaries() {
    Correlation flat = new Correlation(50);
    for (int i = 1; i <= 20; i++) {
      flat.add(i, 1000 + i);
    }
    // deviation 5.77 of 1010 is below 1 %
    assertEquals(0, flat.coefficient());
  }

  @Test
  void findsAQuantile() {
    Latencies latencies = new Latencies();
    for (int i = 1000; i >= 1; i--) {
      latencies.add(i);
    }
    assertEquals(1, latencies.min());
    assertEquals(900, latencies.quantile(0.9));
    assertEquals(1, latencies.quantile(0.0001));
    assertEquals(1000, latencies.quantile(1));
  }

  @Test
  void keepsFullBucketsOfTheLastTime() {
    BucketWindow window = new BucketWindow(3, 100);
    window.add(4, 0);
    window.add(6, 99);
    window.add(30, 100);
    assertEquals(2, window.maxCount(199));
    assertEquals(5, window.minMean(199));
    assertEquals(30, window.minMean(300));
    assertEquals(0, window.maxCount(400));
    assertEquals(Double.POSITIVE_INFINITY, window.minMean(400));
  }
}
