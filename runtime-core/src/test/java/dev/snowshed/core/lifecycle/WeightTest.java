package dev.snowshed.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WeightTest {
  private static final long SECOND = 1_000_000_000;

  /** Of a share of 1 while 40 % are refused. */
  private static final double AFTER_1_S = 0.8047;

  private static final double AFTER_2_S = 0.6561;

  private final Weight weight = new Weight(LifecycleSettings.DEFAULTS);

  private void pass(double refused, int seconds) {
    for (int second = 0; second < seconds; second++) {
      weight.pass(Signs.WELL.withCalls(refused, 100).vitals(), SECOND);
    }
  }

  @Test
  void startsSlowly() {
    assertEquals(0.1, weight.value());
    pass(0, 10);
    assertEquals(0.4, weight.value(), 1e-9);
    pass(0, 20);
    assertEquals(1, weight.value());
    assertTrue(weight.slowStartOver());
    weight.begin();
    assertEquals(0.1, weight.value());
  }

  @Test
  void shrinksByAboutHalfOfWhatIsRefused() {
    pass(0, 30);
    pass(40, 1);
    assertEquals(AFTER_1_S, weight.value(), 1e-4);
    pass(40, 1);
    assertEquals(AFTER_2_S, weight.value(), 1e-4);
  }

  @Test
  void settlesByWhatIsRefused() {
    pass(0, 30);
    pass(6, 1000);
    assertEquals(0.6214, weight.value(), 1e-4);
    pass(40, 1000);
    assertEquals(0.1831, weight.value(), 1e-4);
  }

  @Test
  void doesNotDependOnHowOftenItIsTold() {
    pass(0, 30);
    for (int tick = 0; tick < 4; tick++) {
      weight.pass(Signs.WELL.withCalls(40, 100).vitals(), SECOND / 4);
    }
    assertEquals(AFTER_1_S, weight.value(), 1e-4);
  }

  @Test
  void growsSteadily() {
    pass(0, 30);
    pass(40, 2);
    pass(0, 2);
    assertEquals(AFTER_2_S + 0.1, weight.value(), 1e-4);
    pass(0, 100);
    assertEquals(1, weight.value());
  }

  @Test
  void neverFallsBelowItsFloor() {
    pass(0, 30);
    pass(100, 1000);
    assertEquals(0.1, weight.value());
    pass(0, 1);
    assertEquals(0.15, weight.value(), 1e-9);
  }

  @Test
  void growsWhenNothingIsKnown() {
    pass(0, 30);
    pass(40, 1);
    weight.pass(Vitals.UNKNOWN, SECOND);
    assertEquals(AFTER_1_S + 0.05, weight.value(), 1e-4);
  }

  @Test
  void canDoWithoutASlowStart() {
    LifecycleSettings defaults = LifecycleSettings.DEFAULTS;
    LifecycleSettings settings =
        new LifecycleSettings(
            defaults.thresholds(),
            defaults.strainAfter(),
            defaults.ejectAfter(),
            defaults.loopWedgedAfter(),
            defaults.collapsedAfter(),
            defaults.recovery(),
            defaults.holdOff(),
            defaults.maxHoldOff(),
            defaults.jitter(),
            defaults.forgiveAfter(),
            Duration.ZERO,
            defaults.weightFloor());
    assertEquals(1, new Weight(settings).value());
  }
}
