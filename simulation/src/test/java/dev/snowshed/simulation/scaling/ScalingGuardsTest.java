package dev.snowshed.simulation.scaling;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guards what our autoscaler is there for: one closed loop each, the bar that ours must pass and an
 * autoscaler that does not.
 */
class ScalingGuardsTest {
  private static final Scalings SCALINGS = new Scalings(2);
  private static final double CROWD = 0.98;

  enum Score {
    LATE,
    BELOW,
    MOST,
    HOURS;

    double of(ScalingScores scores) {
      return switch (this) {
        case LATE -> scores.late().mean();
        case BELOW -> scores.secondsBelowTarget().mean();
        case MOST -> scores.mostInstances();
        case HOURS -> scores.instanceHours().mean();
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

  private static Contestant called(String autoscaler) {
    return Objects.requireNonNull(Contestants.all().get(autoscaler));
  }

  private static double play(String scenario, Score score, Contestant contestant) {
    ScalingResult result = SCALINGS.play(ScalingScenarios.called(scenario), List.of(contestant), 1);
    return score.of(result.rows().getFirst().scores());
  }

  // The bar stands between what ours and the broken one have in docs/scaling-results.md, over three
  // seeds; here the first is played.
  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          follows a flash crowd late           | flash-crowd     | BELOW | snowshed         | 100  | hpa-cpu-70
          does not see that requests cost more | deploy          | LATE  | snowshed         | 0.98 | keda-rps
          scales on a slow dependency          | slow-dependency | MOST  | snowshed         | 20   | knative
          scales on a slow dependency          | slow-dependency | MOST  | snowshed-knative | 20   | knative
          keeps instances long after a peak    | flash-crowd     | HOURS | snowshed-knative | 3.35 | knative
          """)
  void guards(String failure, String scenario, Score score, String own, double bar, String broken) {
    double ours = play(scenario, score, called(own));
    double theirs = play(scenario, score, called(broken));
    String figures =
        "%s: %s of %s is %.4f, the bar %s, that of %s %.4f"
            .formatted(failure, score, own, ours, bar, broken, theirs);

    assertTrue(score.passes(ours, bar), figures);
    assertFalse(score.passes(theirs, bar), figures);
  }

  @ParameterizedTest
  @ValueSource(strings = {Contestants.SNOWSHED, Contestants.SNOWSHED_KNATIVE})
  void answersAFlashCrowdFromTheThirdMinuteOn(String own) {
    assertTrue(play("flash-crowd", Score.LATE, called(own)) >= CROWD);
  }

  @Test
  void aFleetThatDoesNotGrowDoesNotAnswerIt() {
    Contestant still =
        new Contestant(
            "still",
            called(Contestants.SNOWSHED).policy(),
            false,
            (bounds, test) -> new HorizontalPodAutoscaler(new Still(), Behavior.DEFAULT, bounds));

    assertFalse(play("flash-crowd", Score.LATE, still) >= CROWD);
  }

  private static final class Still implements Recommender {
    @Override
    public void scraped(Scrape scrape) {}

    @Override
    public int replicas(int current, long nowNanos) {
      return current;
    }
  }
}
