package dev.snowshed.simulation.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.simulation.scenario.BuiltInScenarios;
import dev.snowshed.simulation.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The model against the capacity that a scenario really has: no wrong number in any second, and a
 * number at the end where there can be one. {@code ./snowshed simulate traffic} does the same with
 * more seeds.
 */
class AccuracyTest {
  private static final int SEED = 1;
  private static final double PART = 0.65;
  private static final int LEAST_SECONDS = 10;

  private static Judged first(Scenario scenario) {
    List<Judged> judged = Accuracy.play(scenario, SEED);
    for (Judged each : judged) {
      assertEquals(0, each.wrong(), scenario.name() + ", seed " + SEED);
    }
    return judged.getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "A-steady, extrapolated",
    "B-step, measured",
    "H-cold-start, extrapolated",
    "I-gc-pauses, measured",
    "J-on-off, measured",
    "K-retry-storm, measured",
    "M-pool, measured",
  })
  void knowsWhatAHostCarries(String name, String source) {
    Judged judged = first(BuiltInScenarios.named(name));

    assertTrue(judged.right() >= LEAST_SECONDS, name + ": " + judged.right() + " s");
    // a doubt in the very last second is not wrong
    if (judged.ends() > 0) {
      assertEquals(source, judged.source());
      assertTrue(judged.worstEnd() <= Judged.BAR_SEEN, name + ": " + judged.worstEnd());
    }
  }

  @ParameterizedTest
  @CsvSource({"A-steady", "B-step", "J-on-off", "N-sleep"})
  void knowsItWhenOnlyAPartWasSeen(String name) {
    Judged judged = first(Accuracy.atMost(BuiltInScenarios.named(name), PART));

    assertEquals("extrapolated", judged.source());
    assertTrue(judged.worstEnd() <= Judged.BAR_PART, name + ": " + judged.worstEnd());
  }

  /** What ends them, a pool or a dependency, is not seen before it does. */
  @ParameterizedTest
  @CsvSource({"D-slow-downstream", "E-bimodal", "M-pool"})
  void saysNothingWhereItCannotKnow(String name) {
    Judged judged = first(Accuracy.atMost(BuiltInScenarios.named(name), PART));

    assertEquals(0, judged.right(), name);
    assertTrue(judged.unknown() > 0, name);
  }

  @Test
  void tellsTwoFunctionsOfAHostApart() {
    List<Judged> judged = Accuracy.play(BuiltInScenarios.named("L-noisy-neighbour"), SEED);

    for (Judged each : judged) {
      assertEquals(0, each.wrong());
      assertTrue(each.worstEnd() <= Judged.BAR_SEEN, "error " + each.worstEnd());
    }
  }

  /** Five seconds at most pass until a number that no longer holds is taken back. */
  @Test
  void takesBackANumberThatNoLongerHolds() {
    Judged judged = first(BuiltInScenarios.named("G-cost-doubles"));

    assertTrue(judged.stale() <= 5, judged.stale() + " s");
    assertTrue(judged.worstEnd() <= Judged.BAR_SEEN, "error " + judged.worstEnd());
  }
}
