package dev.snowshed.benchmarks.http;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class ResultTest {

  @Test
  void comparesRoundByRoundSoThatASlowRoundCancels() {
    Result ceiling = result("raw", 100, 10);
    Result other = result("other", 90, 8);

    Spread ratio = requireNonNull(other.figures(ceiling).get("ratio"));

    assertEquals(0.85, ratio.median(), 1e-9);
    assertEquals(0.8, ratio.min(), 1e-9);
    assertEquals(0.9, ratio.max(), 1e-9);
  }

  @Test
  void givesNoRatioWithoutACeiling() {
    assertFalse(result("other", 90).figures(null).containsKey("ratio"));
  }

  private static Result result(String name, double... requestsPerSecond) {
    Result result = new Result(name);
    for (double rate : requestsPerSecond) {
      result.add(new Sample(new Load(1, rate, 1, 1, 0), 1, 0, 1, 1));
    }
    return result;
  }
}
