package dev.snowshed.core.dependency.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.dependency.Declared;
import dev.snowshed.core.dependency.Failures;
import dev.snowshed.core.dependency.Strength;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DrillTest {
  private static final long MILLI = 1_000_000;
  private static final Fault FAILURE = new Fault.Failure();
  private static final Fault DELAY = new Fault.Delay(500 * MILLI);
  private static final Fault HANG = new Fault.Hang();
  private static final List<Fault> ALL = List.of(FAILURE, DELAY, HANG);
  private static final Map<String, Declared> DECLARED =
      Map.of(
          "catalog",
          Declared.STRONG,
          "promotions",
          Declared.WEAK,
          "recommendations",
          Declared.WEAK);

  /** What a function does with a treatment. */
  private interface Function {
    boolean fails(Treatment treatment, SplittableRandom random);
  }

  private static DrillReport drill(DrillPlan plan, long seed, Function function) {
    SplittableRandom random = new SplittableRandom(seed);
    DrillAnalysis analysis = new DrillAnalysis("quote", Duration.ofMillis(800), DECLARED, 0.95);
    for (Treatment each : plan.treatments(random)) {
      if (!analysis.isSettled(each)) {
        analysis.add(each, function.fails(each, random), 20 * MILLI, true);
      }
    }
    return analysis.report();
  }

  private static DrillPlan plan(boolean pairs, String... dependencies) {
    return new DrillPlan("quote", List.of(dependencies), ALL, pairs, DrillPlan.DEFAULT_REPETITIONS);
  }

  private static DrillReport.Finding only(DrillReport report) {
    assertEquals(1, report.findings().size());
    return report.findings().get(0);
  }

  @Test
  void givesEachTreatmentAlikeAmongControls() {
    DrillPlan plan = plan(true, "a", "b", "c");
    List<Treatment> all = plan.treatments(new SplittableRandom(1));
    assertEquals(18, plan.kinds().size());
    plan.kinds().forEach(each -> assertEquals(60, Collections.frequency(all, each)));
    assertEquals(5 * 60, Collections.frequency(all, Treatment.CONTROL));
    assertEquals(all, plan.treatments(new SplittableRandom(1)));
    assertFalse(all.equals(plan.treatments(new SplittableRandom(2))));
    List<Treatment> half = all.subList(0, all.size() / 2);
    plan.kinds().forEach(each -> assertEquals(30, Collections.frequency(half, each)));
  }

  @Test
  void findsWhatIsStrongAndWhatIsWeak() {
    DrillReport report =
        drill(
            plan(false, "catalog", "recommendations"),
            1,
            (treatment, _) ->
                treatment.dependencies().contains("catalog")
                    && !(treatment.fault() instanceof Fault.Delay));
    assertEquals(Strength.STRONG, report.findings().get(0).verdict().strength());
    assertEquals(Strength.WEAK, report.findings().get(1).verdict().strength());
    assertTrue(report.mismatches().isEmpty());
    assertTrue(report.findings().get(1).verdict().confidence() >= 0.95);
  }

  @Test
  void listsWhatIsDeclaredWeakAndBehavesStrong() {
    DrillReport.Finding found =
        only(drill(plan(false, "recommendations"), 1, (treatment, _) -> !treatment.isControl()));
    assertEquals(Strength.STRONG, found.verdict().strength());
    assertTrue(found.declaredWeakBehavesStrong());
    String evidence = found.verdict().evidence();
    assertTrue(
        evidence.matches(
            "calls of quote that failed with recommendations failing: 60 of 60, delayed: 60 of 60,"
                + " hanging: (1[0-9]) of \\1; without: 0 of 120"),
        evidence);
  }

  @Test
  void minesSlownessApart() {
    DrillReport.Finding found =
        only(
            drill(
                plan(false, "recommendations"),
                1,
                (treatment, _) -> treatment.fault() instanceof Fault.Delay));
    assertEquals(Strength.UNKNOWN, found.verdict().strength());
    assertEquals("quote fails or takes too long when it is slow", found.verdict().reason());
    assertTrue(found.declaredWeakBehavesStrong());
  }

  @Test
  void countsTooLateAsFailedWithADelayOnly() {
    DrillAnalysis analysis = new DrillAnalysis("quote", Duration.ofMillis(800), Map.of(), 0.95);
    Treatment delayed = new Treatment(List.of("catalog"), DELAY);
    Treatment hanging = new Treatment(List.of("catalog"), HANG);
    for (int i = 0; i < 60; i++) {
      analysis.add(Treatment.CONTROL, false, i * MILLI, false);
      analysis.add(delayed, false, 900 * MILLI, true);
      analysis.add(hanging, false, 900 * MILLI, true);
    }
    DrillReport.Finding found = only(analysis.report());
    assertTrue(found.effects().get(0).difference().low() > 0.5);
    assertTrue(found.effects().get(1).difference().high() < 0.05);
    assertEquals(900 * MILLI, found.effects().get(0).p99Nanos());
    assertEquals(29 * MILLI, analysis.report().controlP50Nanos());
  }

  @Test
  void saysIfADependencyWasNotCalled() {
    DrillAnalysis analysis = new DrillAnalysis("quote", Duration.ofMillis(800), Map.of(), 0.95);
    for (int i = 0; i < 60; i++) {
      analysis.add(Treatment.CONTROL, false, MILLI, false);
      analysis.add(new Treatment(List.of("catalog"), HANG), false, MILLI, false);
    }
    DrillReport.Finding found = only(analysis.report());
    assertEquals("catalog was not called by these requests", found.verdict().reason());
    assertEquals(60, found.effects().get(0).notCalled());
    assertEquals(Failures.NONE, found.effects().get(0).failures());
  }

  @Test
  void findsThatTwoDeclaredWeakAreStrongTogether() {
    DrillReport report =
        drill(
            plan(true, "promotions", "recommendations"),
            1,
            (treatment, _) -> treatment.dependencies().size() == 2);
    List<Strength> found =
        report.findings().stream().map(each -> each.verdict().strength()).toList();
    assertEquals(List.of(Strength.WEAK, Strength.WEAK, Strength.STRONG), found);
    DrillReport.Finding both = report.findings().getLast();
    assertEquals(List.of("promotions", "recommendations"), both.dependencies());
    assertEquals(Declared.WEAK, both.declared());
    assertEquals(List.of(both), report.mismatches());
    assertEquals(List.of(both), report.declaredWeakBehavesStrong());
  }

  @Test
  void doesNotListTwoTogetherIfOneOfThemIsListed() {
    DrillReport report =
        drill(
            plan(true, "promotions", "recommendations"),
            1,
            (treatment, _) -> treatment.dependencies().contains("promotions"));
    assertEquals(
        List.of(List.of("promotions")),
        report.declaredWeakBehavesStrong().stream()
            .map(DrillReport.Finding::dependencies)
            .toList());
  }

  @Test
  void doesNotTakeTwoForWeakIfOneIsNot() {
    DrillReport report =
        drill(
            plan(true, "catalog", "promotions", "other"),
            1,
            (treatment, _) -> treatment.dependencies().size() == 2);
    report.findings().stream()
        .filter(each -> each.dependencies().size() == 2)
        .forEach(each -> assertEquals(Declared.UNDECLARED, each.declared()));
    assertEquals(List.of(), report.declaredWeakBehavesStrong());
  }

  @Test
  void needsNoMoreHangsOnceTheirEffectIsSure() {
    DrillAnalysis analysis = new DrillAnalysis("quote", Duration.ofMillis(800), DECLARED, 0.95);
    Treatment hanging = new Treatment(List.of("catalog"), HANG);
    Treatment failing = new Treatment(List.of("catalog"), FAILURE);
    int calls = 0;
    for (; !analysis.isSettled(hanging); calls++) {
      analysis.add(Treatment.CONTROL, false, MILLI, false);
      analysis.add(Treatment.CONTROL, false, MILLI, false);
      analysis.add(hanging, true, MILLI, true);
      analysis.add(failing, true, MILLI, true);
    }
    assertTrue(calls > 10 && calls < 20, calls + " calls");
    assertFalse(analysis.isSettled(failing));
    assertEquals(Strength.STRONG, only(analysis.report()).verdict().strength());
  }

  @Test
  void goesOnWithHangsThatTheFunctionSurvives() {
    DrillAnalysis analysis = new DrillAnalysis("quote", Duration.ofMillis(800), DECLARED, 0.95);
    Treatment hanging = new Treatment(List.of("catalog"), HANG);
    for (int i = 0; i < DrillPlan.DEFAULT_REPETITIONS; i++) {
      assertFalse(analysis.isSettled(hanging));
      analysis.add(Treatment.CONTROL, false, MILLI, false);
      analysis.add(hanging, i % 10 == 0, MILLI, true);
    }
  }

  /** Of a thousand drills each, on functions at the edges of what is strong and weak. */
  @Test
  void isWrongNoMoreOftenThanItsConfidenceAllows() {
    DrillPlan plan = new DrillPlan("quote", List.of("d"), List.of(FAILURE), false, 60);
    DrillPlan hanging = new DrillPlan("quote", List.of("d"), List.of(HANG), false, 60);
    int strong = 0;
    int settled = 0;
    int weak = 0;
    for (int seed = 0; seed < 1000; seed++) {
      strong += strength(plan, seed, 0.5) == Strength.STRONG ? 1 : 0;
      settled += strength(hanging, seed, 0.5) == Strength.STRONG ? 1 : 0;
      weak += strength(plan, seed, 0.051) == Strength.WEAK ? 1 : 0;
    }
    assertTrue(strong <= 50, strong + " of 1000 strong");
    assertTrue(settled <= 50, settled + " of 1000 strong, hangs that are settled left out");
    assertTrue(weak <= 50, weak + " of 1000 weak");
  }

  private static Strength strength(DrillPlan plan, long seed, double share) {
    DrillReport report =
        drill(
            plan,
            seed,
            (treatment, random) -> !treatment.isControl() && random.nextDouble() < share);
    return only(report).verdict().strength();
  }

  @Test
  void refusesNonsense() {
    assertThrows(IllegalArgumentException.class, () -> new Treatment(List.of("a"), null));
    assertThrows(IllegalArgumentException.class, () -> new Treatment(List.of(), FAILURE));
    assertThrows(
        IllegalArgumentException.class, () -> new Treatment(List.of("a", "b", "c"), FAILURE));
    assertThrows(IllegalArgumentException.class, () -> new Fault.Delay(0));
    assertThrows(
        IllegalArgumentException.class, () -> new DrillPlan("f", List.of(), ALL, false, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new DrillPlan("f", List.of("a"), List.of(), false, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new DrillPlan("f", List.of("a"), ALL, false, 0));
    assertNotNull(new DrillPlan("f", List.of("a", "a"), ALL, false, 1).kinds());
  }
}
