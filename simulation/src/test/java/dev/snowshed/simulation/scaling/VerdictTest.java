package dev.snowshed.simulation.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.simulation.score.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final ScalingResult.Row OURS = row(Contestants.SNOWSHED, 0.98, 0.001, 2, 0.01);

  private static ScalingResult.Row row(
      String name, double goodput, double goodputHalf, double hours, double hoursHalf) {
    return new ScalingResult.Row(
        name,
        new ScalingScores(
            around(goodput, goodputHalf),
            around(hours, hoursHalf),
            Interval.NONE,
            8,
            Interval.NONE));
  }

  private static Interval around(double mean, double half) {
    return new Interval(mean, mean - half, mean + half);
  }

  private static List<String> better(ScalingResult.Row other) {
    ScalingResult result =
        new ScalingResult(ScalingScenarios.called("steady"), 3, List.of(other, OURS));
    return Verdict.of(result, Contestants.SNOWSHED).better();
  }

  @Test
  void namesWhoIsBetterInOneAndNoWorseInTheOther() {
    assertEquals(
        List.of("x (+0.000 goodput, -0.20 hours)"), better(row("x", 0.98, 0.001, 1.8, 0.01)));
    assertEquals(
        List.of("x (+0.010 goodput, +0.00 hours)"), better(row("x", 0.99, 0.001, 2, 0.01)));
  }

  @Test
  void namesNobodyWhoPaysForIt() {
    assertEquals(List.of(), better(row("x", 0.99, 0.001, 2.2, 0.01)));
    assertEquals(List.of(), better(row("x", 0.97, 0.001, 1.8, 0.01)));
  }

  @Test
  void takesWhatIsWithinNoiseForEqual() {
    assertEquals(List.of(), better(row("x", 0.99, 0.02, 2, 0.01)));
    assertEquals(List.of(), better(row("x", 0.98, 0.001, 1.8, 0.3)));
    assertEquals(
        List.of("x (-0.010 goodput, -0.20 hours)"), better(row("x", 0.97, 0.02, 1.8, 0.01)));
  }

  @Test
  void hasTwoThousandthsAndTwoInAHundredForNoiseAtLeast() {
    assertEquals(List.of(), better(row("x", 0.9815, 0, 1.965, 0)));
    assertEquals(List.of("x (+0.003 goodput, +0.03 hours)"), better(row("x", 0.983, 0, 2.03, 0)));
  }

  @Test
  void doesNotCompareOursWithEachOther() {
    assertEquals(List.of(), better(row(Contestants.SNOWSHED_KNATIVE, 1, 0, 1, 0)));
  }
}
