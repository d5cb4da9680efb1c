package dev.snowshed.simulation.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {
  private static final String STEADY =
      """
      name: S
      duration: 20s
      scoreFrom: 5s
      scoreUntil: 15s
      cores: 1
      functions:
        - {name: f, deadline: 100ms, arrivals: [{from: 0s, rps: 1}], cpu: [{from: 0s, constant: 10ms}]}
      """;

  private static final String TWO =
      STEADY
          + """
              - {name: g, deadline: 1s, arrivals: [{from: 0s, rps: 1}], cpu: [{from: 0s, constant: 10ms}]}
              - {name: h, scored: false, deadline: 1s, arrivals: [{from: 0s, rps: 1}], cpu: [{from: 0s, constant: 10ms}]}
            """;

  private static final String STEPS =
      """
      name: S
      duration: 20s
      scoreFrom: 5s
      cores: 1
      functions:
        - name: f
          deadline: 100ms
          arrivals: [{from: 0s, rps: 10}, {from: 2s, rps: 20}, {from: 5s, rps: 300}, {from: 12s, rps: 50}]
          cpu: [{from: 0s, constant: 10ms}]
      """;

  private static final String STORM =
      """
      name: S
      duration: 20s
      cores: 1
      functions:
        - name: f
          deadline: 100ms
          arrivals: [{from: 0s, rps: 40}, {from: 15s, rps: 41}]
          cpu: [{from: 0s, constant: 10ms}, {from: 3s, constant: 99ms}, {from: 4s, constant: 10ms}]
          client: {timeout: 1s, retries: 2, backoff: {constant: 50ms}}
      """;

  private static Runner run(String scenario) {
    return new Runner(Runner.frame(scenario));
  }

  private static Scores scores(Runner run, Runner oracle) {
    return Scores.of(run.frame, List.of(run.outcome()), List.of(oracle.outcome()));
  }

  @Test
  void goodputCountsUsefulCompletionsOfTheScoredPart() {
    Runner oracle = run(STEADY).steady(0, 20_000, 2);
    Runner run =
        run(STEADY)
            .good(0, 4_980, 20)
            .good(0, 4_970, 20)
            .good(0, 14_990, 9)
            .good(0, 14_990, 10)
            .completed(0, 0, 6_000, 500, false);

    Scores scores = scores(run, oracle);

    assertEquals(2 / 40.0, scores.goodput().mean(), 1e-12);
    assertEquals(0.2, scores.goodputPerSecond().mean(), 1e-12);
    assertEquals(1, scores(oracle, oracle).goodput().mean());
  }

  @Test
  void goodputIsTheMeanOfTheRatiosOfTheSeeds() {
    Runner run = run(STEADY);
    List<Outcome> limit =
        List.of(
            run(STEADY).steady(5_000, 10_000, 1).outcome(),
            run(STEADY).steady(5_000, 6_000, 4).outcome());
    List<Outcome> oracle =
        List.of(
            run(STEADY).steady(5_000, 10_000, 2).outcome(),
            run(STEADY).steady(5_000, 6_000, 5).outcome());

    Interval goodput = Scores.of(run.frame, limit, oracle).goodput();

    assertEquals((0.5 + 0.8) / 2, goodput.mean(), 1e-12);
    assertEquals(12.706 * 0.15, goodput.half(), 1e-3);
  }

  @Test
  void goodputIgnoresWhatIsNotScored() {
    Runner oracle = run(TWO).good(0, 6_000, 10).good(1, 6_000, 10).good(2, 6_000, 10);
    Runner run = run(TWO).good(0, 6_000, 10).good(2, 6_000, 10).good(2, 7_000, 10);

    assertEquals(0.5, scores(run, oracle).goodput().mean());
  }

  @Test
  void tailIsThatOfTheWorstFunctionAndExcessThatByItsDeadline() {
    Runner run =
        run(TWO).good(0, 6_000, 20).good(1, 6_000, 30).good(2, 6_000, 900).good(0, 4_000, 800);

    Scores scores = scores(run, run);

    assertEquals(3, scores.tail().mean(), 0.02);
    assertEquals(30, scores.p99Millis().mean(), 0.1);
    assertEquals((20 - 10) / 100.0, scores.excess().mean(), 0.002);
  }

  @Test
  void tailOfNothingDoesNotApply() {
    Runner run = run(STEADY).rejected(0, 0, 6_000, 6_000);

    assertFalse(scores(run, run).tail().applies());
    assertFalse(scores(run, run).excess().applies());
  }

  @Test
  void falseShedsAreThoseThatArrivedInCalm() {
    Runner run =
        run(STEPS)
            .rejected(0, 0, 6_000, 6_000)
            .rejected(0, 0, 11_999, 12_500)
            .rejected(0, 0, 12_000, 12_000)
            .good(0, 13_000, 10)
            .good(0, 14_000, 10)
            .good(0, 15_000, 10)
            .rejected(0, 0, 1_000, 1_000);

    assertEquals(0.25, scores(run, run).falseSheds().mean());
  }

  @Test
  void falseShedsAreSoughtBeforeTheScoredPartIfThatIsNeverCalm() {
    String overloaded = STEPS.replace("rps: 50", "rps: 500");
    Runner run =
        run(overloaded)
            .rejected(0, 0, 1_000, 1_000)
            .good(0, 2_500, 10)
            .rejected(0, 0, 13_000, 13_000);

    assertEquals(0.5, scores(run, run).falseSheds().mean());
  }

  @Test
  void recoveryIsTheStartOfFiveGoodBins() {
    Runner oracle = run(STEPS).steady(0, 20_000, 20);
    Runner run =
        run(STEPS)
            .steady(5_000, 5_500, 20)
            .steady(5_500, 6_500, 18)
            .steady(6_500, 7_000, 19)
            .steady(7_000, 12_000, 20)
            .steady(12_000, 20_000, 19);

    assertEquals(1.5, scores(run, oracle).recoverySeconds().mean());
  }

  @Test
  void whatNeverRecoversLastsUntilTheNextStepOrTheEnd() {
    Runner oracle = run(STEPS).steady(0, 20_000, 20);

    assertEquals(8, scores(run(STEPS).steady(0, 12_000, 20), oracle).recoverySeconds().mean());
    assertEquals(7, scores(run(STEPS).steady(12_000, 20_000, 20), oracle).recoverySeconds().mean());
    assertFalse(scores(run(STEADY), run(STEADY)).recoverySeconds().applies());
  }

  @Test
  void recoverySpansWhatComesOutWithoutOneOfTheSeeds() {
    Frame frame = Runner.frame(STEPS);
    Outcome good = run(STEPS).steady(0, 20_000, 20).outcome();
    Outcome late = run(STEPS).steady(6_000, 20_000, 20).outcome();

    Interval recovery = Recovery.seconds(frame, List.of(good, late), List.of(good, good));

    assertEquals(new Interval(1, 0, 1), recovery);
  }

  @Test
  void theStormIsOverWhenAttemptsStayFew() {
    Runner run = run(STORM).steady(0, 20_000, 20);
    for (int i = 0; i < 2; i++) {
      run.rejected(0, 1, 4_100, 4_100).rejected(0, 1, 5_600, 5_600);
    }
    run.rejected(0, 1, 7_000, 7_000);

    assertEquals(2, scores(run, run).stormSeconds().mean());
  }

  @Test
  void aStormThatStaysLastsUntilTheEnd() {
    Runner run = run(STORM);
    for (int millis = 0; millis < 20_000; millis += 250) {
      run.good(0, millis, 10).rejected(0, 1, millis, millis);
    }

    assertEquals(16, scores(run, run).stormSeconds().mean());
    assertFalse(scores(run(STEADY), run(STEADY)).stormSeconds().applies());
  }

  @Test
  void fairnessIsJainsIndexOfTheScoredFunctions() {
    Runner run =
        run(TWO)
            .good(0, 6_000, 10)
            .good(0, 6_000, 10)
            .good(1, 6_000, 10)
            .rejected(1, 0, 6_000, 6_000)
            .rejected(2, 0, 6_000, 6_000);

    assertEquals(1.5 * 1.5 / (2 * 1.25), scores(run, run).fairness().mean(), 1e-12);
    assertFalse(scores(run(STEADY), run(STEADY)).fairness().applies());
  }

  @Test
  void rejectionsAreCountedByFunction() {
    Runner run = run(TWO).good(0, 6_000, 10).rejected(2, 0, 6_000, 6_000).good(2, 6_000, 10);

    List<Scores.OfFunction> functions = scores(run, run).functions();

    assertEquals("h", functions.get(2).name());
    assertEquals(0.5, functions.get(2).rejectedShare().mean());
    assertEquals(0, functions.get(0).rejectedShare().mean());
    assertFalse(functions.get(1).rejectedShare().applies());
  }
}
