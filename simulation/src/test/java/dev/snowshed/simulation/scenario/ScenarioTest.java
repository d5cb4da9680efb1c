package dev.snowshed.simulation.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioTest {
  private static final long SECOND = 1_000_000_000;

  private static Scenario stalling(Stall... stalls) {
    Schedule<CostFactor> cost = Schedule.always(new CostFactor(1, 1, 0, 0));
    return new Scenario("S", "S", 60 * SECOND, 0, 60 * SECOND, 1, cost, List.of(stalls), List.of());
  }

  @Test
  void workRestsDuringAStall() {
    Scenario scenario = stalling(new Stall(10 * SECOND, 2 * SECOND));

    assertEquals(10 * SECOND, scenario.doneAt(5 * SECOND, 5.0 * SECOND));
    assertEquals(15 * SECOND, scenario.doneAt(5 * SECOND, 8.0 * SECOND));
    assertEquals(12 * SECOND, scenario.doneAt(11 * SECOND, 0));
  }

  @Test
  void stallsThatOverlapAddUp() {
    // 10 to 13 and 12 to 15, whichever stands first
    Stall late = new Stall(10 * SECOND, 3 * SECOND);
    Stall early = new Stall(12 * SECOND, 3 * SECOND);

    assertEquals(16 * SECOND, stalling(late, early).doneAt(9 * SECOND, 2.0 * SECOND));
    assertEquals(16 * SECOND, stalling(early, late).doneAt(9 * SECOND, 2.0 * SECOND));
  }

  @Test
  void nothingIsDoneInAStallWithoutAnEnd() {
    Scenario scenario = stalling(new Stall(10 * SECOND, 10 * SECOND));

    assertEquals(9 * SECOND, scenario.doneAt(8 * SECOND, SECOND));
    assertTrue(scenario.doneAt(8 * SECOND, 3.0 * SECOND) > 60 * SECOND);
    assertTrue(scenario.doneAt(30 * SECOND, 1) > 60 * SECOND);
  }
}
