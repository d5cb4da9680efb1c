package dev.snowshed.simulation.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScalingScoresTest {
  private static final ScalingScenario STEADY = ScalingScenarios.called("steady");
  private static final int SECONDS = 900;

  /** A hundred requests a second, none of which is answered for a while. */
  private static ScalingOutcome without(int from, int until, int instances) {
    double[] served = new double[SECONDS];
    Arrays.fill(served, 100);
    Arrays.fill(served, from, until, 0);
    double[] wanted = new double[SECONDS];
    Arrays.fill(wanted, 100);
    int[] paid = new int[SECONDS];
    Arrays.fill(paid, 4);
    paid[SECONDS / 2] = instances;
    return new ScalingOutcome(served, wanted, paid);
  }

  private static ScalingScores scores(ScalingOutcome... outcomes) {
    return ScalingScores.of(STEADY, List.of(outcomes));
  }

  @Test
  void isLateFromTheThirdMinuteAfterTheChangeForFive() {
    assertEquals(60, STEADY.changeSeconds());
    assertEquals(1, scores(without(0, 180, 4)).late().mean());
    assertEquals(0.8, scores(without(180, 240, 4)).late().mean(), 1e-9);
    assertEquals(0.8, scores(without(420, 480, 4)).late().mean(), 1e-9);
    assertEquals(1, scores(without(480, SECONDS, 4)).late().mean());
  }

  @Test
  void isTheMeanOfAllRunsButForTheMostInstances() {
    ScalingScores scores = scores(without(0, 90, 9), without(0, 180, 40), without(0, 0, 12));

    assertEquals(0.9, scores.goodput().mean(), 1e-9);
    assertEquals(90, scores.secondsBelowTarget().mean(), 1e-9);
    assertEquals(40, scores.mostInstances());
    assertEquals((899 * 4 + (9 + 40 + 12) / 3.0) / 3600, scores.instanceHours().mean(), 1e-9);
  }

  @Test
  void looksForWhatIsBelowTargetInBinsOfTenSeconds() {
    assertEquals(10, scores(without(15, 16, 4)).secondsBelowTarget().mean());
    assertEquals(20, scores(without(19, 21, 4)).secondsBelowTarget().mean());
  }
}
