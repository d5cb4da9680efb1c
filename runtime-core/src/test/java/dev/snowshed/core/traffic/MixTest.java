package dev.snowshed.core.traffic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.core.traffic.Estimate.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MixTest {
  private static Optional<Estimate> estimate(double value) {
    return Optional.of(new Estimate(value, value, value, 0, Source.MEASURED));
  }

  private static FunctionTraffic function(double perSecond, double safe, Optional<Estimate> cost) {
    return new FunctionTraffic(
        "f",
        estimate(1),
        estimate(safe),
        estimate(1),
        cost,
        OptionalDouble.empty(),
        Bottleneck.HIDDEN,
        new Demand(perSecond, 1, 0, 0, Map.of(), Map.of()),
        List.of(),
        OptionalDouble.empty(),
        Optional.empty(),
        List.of(),
        Fit.NONE);
  }

  private static FunctionTraffic function(double perSecond, double safe, double cost) {
    return function(perSecond, safe, estimate(cost));
  }

  private static double[] inMix(FunctionTraffic... functions) {
    return Mix.of(0, Arrays.asList(functions)).functions().stream()
        .mapToDouble(each -> each.inMixPerSecond().orElse(-1))
        .toArray();
  }

  private static void assertInMix(double[] expected, FunctionTraffic... functions) {
    assertArrayEquals(expected, inMix(functions), 1e-9);
  }

  @Test
  void growsAllRatesUntilTheHostIsFull() {
    assertInMix(new double[] {250, 500}, function(100, 1000, 0.001), function(200, 1000, 0.0015));
  }

  @Test
  void shrinksThemWhenMoreIsAsked() {
    assertInMix(new double[] {500, 250}, function(1000, 1000, 0.001), function(500, 500, 0.002));
  }

  @Test
  void leavesTheOthersTheRoomOfOneThatComesToItsOwnLimit() {
    assertInMix(new double[] {100, 450}, function(100, 100, 0.001), function(100, 500, 0.002));
  }

  @Test
  void staysAtTheirOwnLimitsWhenTheHostIsNotFullWithThem() {
    assertInMix(new double[] {150, 300}, function(100, 150, 0.001), function(100, 300, 0.002));
  }

  @Test
  void saysNothingOfFunctionsThatNobodyAsksFor() {
    assertInMix(new double[] {1000, -1}, function(100, 1000, 0.001), function(0, 500, 0.002));
  }

  @Test
  void saysNothingWithoutTheCostOfOneThatIsAskedFor() {
    FunctionTraffic unknown = function(100, 1000, Optional.empty());

    assertInMix(new double[] {-1, -1}, unknown, function(100, 500, 0.002));
    assertEquals(OptionalDouble.empty(), Mix.of(0, List.of(unknown)).hostUtilization());
  }
}
