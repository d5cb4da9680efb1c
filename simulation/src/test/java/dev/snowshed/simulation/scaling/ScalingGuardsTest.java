package dev.snowshed.simulation.scaling;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Guards what our autoscaler is there for: one closed loop each, the bar that ours must pass and an
 * autoscaler that does not.
 */
class ScalingGuardsTest {
  private static final Scalings SCALINGS = new Scalings(2);

  enum Score {
    LATE,
    BELOW,
    MOST;

    double of(ScalingScores scores) {
      return switch (this) {
        case LATE -> scores.late().mean();
        case BELOW -> scores.secondsBelowTarget().mean();
        case MOST -> scores.mostInstances();
      };
    }

    boolean passes(double value, double bar) {
      return this == LATE ? value >= bar : value <= bar;
    }
  }

  @AfterAll
  static void close() {
    SCALINGS.close();
  }

  private static double play(String scenario, Score score, String autoscaler) {
    Contestant contestant = Objects.requireNonNull(Contestants.all().get(autoscaler));
    ScalingResult result = SCALINGS.play(ScalingScenarios.called(scenario), List.of(contestant), 1);
    return score.of(result.rows().getFirst().scores());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          follows a flash crowd late           | flash-crowd     | BELOW | 100  | hpa-cpu-70
          does not see that requests cost more | deploy          | LATE  | 0.98 | keda-rps
          scales on a slow dependency          | slow-dependency | MOST  | 10   | knative
          """)
  void guards(String failure, String scenario, Score score, double bar, String broken) {
    double ours = play(scenario, score, Contestants.SNOWSHED);
    double theirs = play(scenario, score, broken);
    String figures =
        "%s: %s of %s is %.4f, the bar %s, that of %s %.4f"
            .formatted(failure, score, Contestants.SNOWSHED, ours, bar, broken, theirs);

    assertTrue(score.passes(ours, bar), figures);
    assertFalse(score.passes(theirs, bar), figures);
  }
}
