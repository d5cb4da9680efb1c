package dev.snowshed.simulation.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.simulation.score.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final ScalingResult.Row OURS = row(Contestants.SNOWSHED, 0.98, 2);

  /** The same in each of three runs. */
  private static ScalingResult.Row row(String name, double goodput, double hours) {
    return row(name, goodput, hours, 0, 0);
  }

  /** Of three runs the second has so much more, and the third so much less. */
  private static ScalingResult.Row row(
      String name, double goodput, double hours, double goodputSpread, double hoursSpread) {
    List<ScalingScores.Run> runs =
        List.of(
            new ScalingScores.Run(goodput, hours),
            new ScalingScores.Run(goodput + goodputSpread, hours + hoursSpread),
            new ScalingScores.Run(goodput - goodputSpread, hours - hoursSpread));
    return new ScalingResult.Row(
        name,
        new ScalingScores(around(goodput), around(hours), Interval.NONE, 8, Interval.NONE, runs));
  }

  private static Interval around(double mean) {
    return new Interval(mean, mean, mean);
  }

  private static List<String> better(ScalingResult.Row other) {
    return better(other, OURS);
  }

  private static List<String> better(ScalingResult.Row other, ScalingResult.Row ours) {
    ScalingResult result =
        new ScalingResult(ScalingScenarios.called("steady"), 3, List.of(other, ours));
    return Verdict.of(result, Contestants.SNOWSHED).better();
  }

  @Test
  void namesWhoIsBetterInOneAndNoWorseInTheOther() {
    assertEquals(List.of("x (+0.000 goodput, -0.20 hours)"), better(row("x", 0.98, 1.8)));
    assertEquals(List.of("x (+0.010 goodput, +0.00 hours)"), better(row("x", 0.99, 2)));
  }

  @Test
  void namesNobodyWhoPaysForIt() {
    assertEquals(List.of(), better(row("x", 0.99, 2.2)));
    assertEquals(List.of(), better(row("x", 0.97, 1.8)));
  }

  @Test
  void takesWhatIsWithinNoiseForEqual() {
    assertEquals(List.of(), better(row("x", 0.99, 2, 0.01, 0)));
    assertEquals(List.of(), better(row("x", 0.98, 1.8, 0, 0.1)));
    assertEquals(List.of("x (-0.010 goodput, -0.20 hours)"), better(row("x", 0.97, 1.8, 0.01, 0)));
  }

  @Test
  void isNotMisledByWhatASeedDoesToBoth() {
    ScalingResult.Row ours = row(Contestants.SNOWSHED, 0.98, 2, 0.01, 0.1);

    assertEquals(
        List.of("x (+0.005 goodput, +0.00 hours)"), better(row("x", 0.985, 2, 0.01, 0.1), ours));
    assertEquals(List.of(), better(row("x", 0.975, 1.9, 0.01, 0.1), ours));
  }

  @Test
  void hasTwoThousandthsAndTwoInAHundredForNoiseAtLeast() {
    assertEquals(List.of(), better(row("x", 0.9815, 1.965)));
    assertEquals(List.of("x (+0.003 goodput, +0.03 hours)"), better(row("x", 0.983, 2.03)));
  }

  @Test
  void doesNotCompareOursWithEachOther() {
    assertEquals(List.of(), better(row(Contestants.SNOWSHED_KNATIVE, 1, 1)));
  }
}
