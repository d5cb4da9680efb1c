package dev.snowshed.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WeightTest {
  private static final long SECOND = 1_000_000_000;
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
  void shrinksByHalfOfWhatIsRefused() {
    pass(0, 30);
    pass(40, 1);
    assertEquals(0.8, weight.value(), 1e-9);
    pass(40, 1);
    assertEquals(0.64, weight.value(), 1e-9);
  }

  @Test
  void doesNotDependOnHowOftenItIsTold() {
    pass(0, 30);
    for (int tick = 0; tick < 4; tick++) {
      weight.pass(Signs.WELL.withCalls(40, 100).vitals(), SECOND / 4);
    }
    assertEquals(0.8, weight.value(), 1e-9);
  }

  @Test
  void growsSteadily() {
    pass(0, 30);
    pass(40, 2);
    pass(0, 2);
    assertEquals(0.74, weight.value(), 1e-9);
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
    assertEquals(0.85, weight.value(), 1e-9);
  }

  @Test
  void canDoWithoutASlowStart() {
    LifecycleSettings defaults = LifecycleSettings.DEFAULTS;
    LifecycleSettings settings =
        new LifecycleSettings(
            defaults.thresholds(),
            defaults.strainAfter(),
            defaults.ejectAfter(),
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
