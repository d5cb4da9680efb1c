package dev.snowshed.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

  @Test
  void spacesEvenly() {
    List<Long> due = all(OpenLoop.even(RateCurve.constant(4, 1)));

    assertEquals(List.of(250_000_000L, 500_000_000L, 750_000_000L, 1_000_000_000L), due);
  }

  @Test
  void carriesAGapOverFromBinToBin() {
    // Half a request in the first bin, none in the second, one and a half in the third.
    List<Long> due = all(OpenLoop.even(RateCurve.trace(5, 0, 15)));

    assertEquals(2, due.size());
    assertEquals(0.2 + 0.5 / 15, due.get(0) / 1e9, 1e-6);
    assertEquals(0.2 + 1.5 / 15, due.get(1) / 1e9, 1e-6);
  }

  @Test
  void offersThePoissonRateInEachBin() {
    List<Long> due = all(OpenLoop.poisson(RateCurve.trace(2e5, 1e5), new SplittableRandom(7)));

    int first = (int) due.stream().filter(nanos -> nanos < 100_000_000).count();
    assertEquals(20_000, first, 5 * Math.sqrt(20_000));
    assertEquals(10_000, due.size() - first, 5 * Math.sqrt(10_000));
  }

  @Test
  void spreadsPoissonGapsAsWidelyAsTheirMean() {
    List<Long> due = all(OpenLoop.poisson(RateCurve.constant(1000, 20), new SplittableRandom(7)));

    double sum = 0;
    double squares = 0;
    for (int i = 1; i < due.size(); i++) {
      double gap = (due.get(i) - due.get(i - 1)) / 1e6;
      sum += gap;
      squares += gap * gap;
    }
    double mean = sum / (due.size() - 1);
    assertEquals(1, mean, 0.05);
    assertEquals(1, Math.sqrt(squares / (due.size() - 1) - mean * mean), 0.05);
  }

  @Test
  void repeatsItselfWithTheSameSeedOnly() {
    RateCurve curve = RateCurve.constant(100, 1);

    assertEquals(
        all(OpenLoop.poisson(curve, new SplittableRandom(1))),
        all(OpenLoop.poisson(curve, new SplittableRandom(1))));
    assertNotEquals(
        all(OpenLoop.poisson(curve, new SplittableRandom(1))),
        all(OpenLoop.poisson(curve, new SplittableRandom(2))));
  }

  private static List<Long> all(Arrivals arrivals) {
    List<Long> due = new ArrayList<>();
    while (arrivals.nextNanos() != Arrivals.NONE) {
      due.add(arrivals.nextNanos());
      arrivals.take();
    }
    return due;
  }
}
