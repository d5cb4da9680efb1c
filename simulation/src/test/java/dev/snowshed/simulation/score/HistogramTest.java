package dev.snowshed.simulation.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.5, 0.99, 0.999, 1})
  void quantilesAreThoseOfTheSortedValues(double share) {
    SplittableRandom random = new SplittableRandom(3);
    double[] values = random.doubles(10_000).map(u -> 1e6 * Math.exp(8 * u)).toArray();
    Histogram histogram = new Histogram();
    Arrays.stream(values).forEach(histogram::add);
    Arrays.sort(values);

    double exact = values[(int) Math.ceil(share * values.length) - 1];
    assertEquals(exact, histogram.quantile(share), exact * 0.002);
  }

  @Test
  void takesAnyDuration() {
    Histogram histogram = new Histogram();
    assertTrue(Double.isNaN(histogram.quantile(0.5)));

    histogram.add(0);
    assertEquals(1, histogram.quantile(1), 0.01);
    histogram.add(1e300);
    assertTrue(histogram.quantile(1) > 1e13);
  }
}
