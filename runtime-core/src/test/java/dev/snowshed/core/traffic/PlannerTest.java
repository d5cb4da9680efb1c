package dev.snowshed.core.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
  private static final Map<String, FunctionCapacity> CAPACITIES =
      Map.of(
          "quote", new FunctionCapacity(0.0025, 400, 8, 0.02),
          "markdown", new FunctionCapacity(0.01, 100, 4, 0.04),
          "pooled", new FunctionCapacity(0.001, 50, 20, 0.4));

  private static Plan plan(double perSecond, Map<String, Double> mix, int zones) {
    return Planner.plan(new PlanRequest(perSecond, mix, Scaling.DEFAULT, zones), CAPACITIES);
  }

  @Test
  void addsUpWhatTheMixTakes() {
    // 700 · 0.0025 + 300 · 0.01 = 4.75 hosts
    Plan plan = plan(1_000, Map.of("quote", 0.7, "markdown", 0.3), 1);

    assertEquals(6, plan.instances());
    assertEquals(4.75 / 6, plan.hostUtilization(), 1e-9);
    assertEquals(6, plan.instancesIfOneZoneIsLost());
  }

  @Test
  void keepsEnoughWhenAZoneIsLost() {
    Plan plan = plan(1_000, Map.of("quote", 0.7, "markdown", 0.3), 3);

    assertEquals(3, plan.perZone());
    assertEquals(9, plan.instancesIfOneZoneIsLost());
    assertEquals(4.75 / 6, plan.utilizationIfOneZoneIsLost(), 1e-9);
  }

  @Test
  void goesByWhatEndsAFunctionElsewhere() {
    Plan plan = plan(200, Map.of("pooled", 1.0), 1);

    assertEquals(5, plan.instances());
    assertEquals(20, plan.functions().getFirst().limit());
    assertEquals(40 * 0.4, plan.functions().getFirst().expectedConcurrency(), 1e-9);
  }

  @Test
  void namesTheFunctionThatIsNotKnown() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> plan(1, Map.of("nobody", 1.0), 1));

    assertTrue(String.valueOf(e.getMessage()).contains("'nobody'"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesARateThatIsNone(double perSecond) {
    assertThrows(IllegalArgumentException.class, () -> plan(perSecond, Map.of("quote", 1.0), 1));
  }

  @Test
  void refusesMoreInstancesThanAnybodyHas() {
    assertThrows(
        IllegalArgumentException.class, () -> plan(1e13, Map.of("quote", 0.5, "markdown", 0.5), 3));
  }

  @Test
  void refusesAMixThatIsNotWhole() {
    assertThrows(
        IllegalArgumentException.class, () -> plan(1, Map.of("quote", 0.7, "markdown", 0.2), 1));
  }
}
