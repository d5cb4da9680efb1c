package dev.snowshed.simulation.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HealthTest {
  /** The states after each probe, + for a good one and for up. */
  private static String states(Health health, String probes) {
    StringBuilder states = new StringBuilder();
    for (int i = 0; i < probes.length(); i++) {
      boolean before = health.isUp();
      assertEquals(health.probed(probes.charAt(i) == '+'), before != health.isUp());
      states.append(health.isUp() ? '+' : '-');
    }
    return states.toString();
  }

  @Test
  void changesAfterEnoughProbesInARow() {
    Health health = new Health(new Checks(1, 1, 3, 2, 0));

    assertEquals("+++++----+", states(health, "--+---+-++"));
  }

  @Test
  void isDownUntilProbedAfterAReset() {
    Health health = new Health(Checks.KUBERNETES);
    health.reset();

    assertFalse(health.isUp());
    assertTrue(health.probed(true));
    assertTrue(health.isUp());
  }
}
