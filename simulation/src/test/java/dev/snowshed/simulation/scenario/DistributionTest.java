package dev.snowshed.simulation.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.simulation.scenario.Distribution.Constant;
import dev.snowshed.simulation.scenario.Distribution.Exponential;
import dev.snowshed.simulation.scenario.Distribution.LogNormal;
import dev.snowshed.simulation.scenario.Distribution.Mix;
import dev.snowshed.simulation.scenario.Distribution.Part;
import dev.snowshed.simulation.scenario.Distribution.Uniform;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DistributionTest {
  private static final int SAMPLES = 200_000;

  static Stream<Distribution> distributions() {
    return Stream.of(
        new Exponential(10),
        new Constant(5),
        new Uniform(50, 150),
        new LogNormal(10, 1),
        new Mix(List.of(new Part(0.95, new Constant(1)), new Part(0.05, new Constant(500)))));
  }

  private static double[] samples(Distribution distribution) {
    SplittableRandom random = new SplittableRandom(7);
    return DoubleStream.generate(() -> distribution.sample(random)).limit(SAMPLES).toArray();
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void samplesHaveTheMean(Distribution distribution) {
    double[] samples = samples(distribution);

    assertEquals(
        distribution.mean(),
        Arrays.stream(samples).average().orElseThrow(),
        distribution.mean() / 50);
    assertTrue(Arrays.stream(samples).allMatch(sample -> sample >= 0));
  }

  @Test
  void meansAreThoseOfTheFormulas() {
    assertEquals(100, new Uniform(50, 150).mean());
    assertEquals(25.95, distributions().toList().getLast().mean(), 1e-9);
  }

  @Test
  void samplesHaveTheShape() {
    double[] exponential = samples(new Exponential(10));
    double[] uniform = samples(new Uniform(50, 150));
    double[] logNormal = samples(new LogNormal(10, 1));
    Arrays.sort(exponential);
    Arrays.sort(uniform);
    Arrays.sort(logNormal);

    assertEquals(10 * Math.log(2), exponential[SAMPLES / 2], 0.1);
    assertTrue(uniform[0] >= 50 && uniform[SAMPLES - 1] <= 150);
    assertEquals(75, uniform[SAMPLES / 4], 1);
    assertEquals(10 * Math.exp(-0.5), logNormal[SAMPLES / 2], 0.1);
  }
}
