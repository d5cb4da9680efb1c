package dev.snowshed.core.dependency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionDependenciesTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MILLI = 1_000_000;
  private static final DependencySettings SETTINGS =
      new DependencySettings("here", Duration.ofMillis(800));

  private final FunctionDependencies quote = new FunctionDependencies("quote", SETTINGS);
  private final Edge catalog = quote.edge("catalog");
  private final Edge prices = quote.edge("prices");
  private long now = -50 * SECOND;

  private void call(boolean failed, Outcome... catalogs) {
    now += SECOND / 2;
    CallRecord call = quote.begin(now);
    for (Outcome each : catalogs) {
      call.ended(catalog, each, 10 * MILLI);
    }
    call.finish(failed, 20 * MILLI, now);
  }

  private void calls(int count, boolean failed, Outcome... catalogs) {
    for (int i = 0; i < count; i++) {
      call(failed, catalogs);
    }
  }

  private EdgeSnapshot snapshot() {
    return quote.snapshot(now).edges().get(0);
  }

  @Test
  void tellsWhatIsStrongWithItsEvidence() {
    for (int i = 0; i < 60; i++) {
      calls(8, false, Outcome.OK);
      calls(2, true, Outcome.FAILED);
    }
    EdgeSnapshot found = snapshot();
    assertEquals(Strength.STRONG, found.verdict().strength());
    assertEquals(
        "120 failures of catalog; quote failed in 100.0 % of those calls, 0.0 % otherwise",
        found.verdict().evidence());
    assertNull(found.verdict().reason());
    assertTrue(found.verdict().confidence() >= 0.95);
    assertTrue(found.difference().low() > 0.5);
    assertEquals(new Failures(120, 120), found.failedGivenFailed());
    assertEquals(new Failures(0, 480), found.failedGivenFine());
  }

  @Test
  void isWeakOnlyIfItWasSlowToo() {
    for (int i = 0; i < 400; i++) {
      calls(8, false, Outcome.OK);
      calls(2, false, Outcome.FAILED);
    }
    assertEquals(Strength.UNKNOWN, snapshot().verdict().strength());
    assertNotNull(snapshot().verdict().reason());
    for (int i = 0; i < 400; i++) {
      calls(8, false, Outcome.OK);
      calls(2, false, Outcome.TIMED_OUT);
    }
    assertEquals(Strength.WEAK, snapshot().verdict().strength());
  }

  @Test
  void needsNoSlowCallsWithoutABudget() {
    FunctionDependencies patient =
        new FunctionDependencies(
            "patient", new DependencySettings("here", DependencySettings.NO_BUDGET));
    Edge edge = patient.edge("any");
    for (int i = 0; i < 2000; i++) {
      CallRecord call = patient.begin(i * SECOND);
      call.ended(edge, i % 5 == 0 ? Outcome.FAILED : Outcome.OK, MILLI);
      call.finish(false, MILLI, i * SECOND);
    }
    Verdict found = patient.snapshot(2000 * SECOND).edges().get(0).verdict();
    assertEquals(Strength.WEAK, found.strength(), found.toString());
  }

  @Test
  void blamesNeitherOfTwoThatFailTogether() {
    for (int i = 0; i < 2000; i++) {
      now += SECOND;
      CallRecord call = quote.begin(now);
      Outcome outcome = i % 5 == 0 ? Outcome.FAILED : Outcome.OK;
      call.ended(catalog, outcome, MILLI);
      call.ended(prices, outcome, MILLI);
      call.finish(outcome != Outcome.OK, MILLI, now);
    }
    for (EdgeSnapshot each : quote.snapshot(now).edges()) {
      assertEquals(Strength.UNKNOWN, each.verdict().strength());
      assertTrue(String.valueOf(each.verdict().reason()).contains("400 calls"), each.toString());
    }
  }

  @Test
  void learnsNothingOfACallThatItsOwnFunctionCutShort() {
    calls(100, true, Outcome.CANCELLED);
    assertEquals(Failures.NONE, snapshot().failedGivenFailed());
    assertEquals(Failures.NONE, snapshot().failedGivenFine());
    assertEquals(0, snapshot().errorRate());
  }

  @Test
  void endsOnce() {
    CallRecord call = quote.begin(now);
    call.ended(catalog, Outcome.OK, MILLI);
    call.finish(false, MILLI, now);
    call.finish(true, MILLI, now);
    call.ended(catalog, Outcome.FAILED, MILLI);
    call.fellBack(catalog);
    assertEquals(1, quote.snapshot(now).calls());
    assertEquals(1, snapshot().calls());
    assertEquals(0, snapshot().failures());
    assertEquals(0, snapshot().fallbacks());
  }

  @Test
  void showsTheLastMinute() {
    calls(240, false, Outcome.FAILED);
    calls(240, false, Outcome.OK);
    EdgeSnapshot found = snapshot();
    assertEquals(480, found.calls());
    assertEquals(240, found.failures());
    assertEquals(2, found.callsPerSecond(), 0.1);
    assertEquals(0, found.errorRate());
    assertEquals(10, found.p50Nanos() / 1e6, 3);
    assertEquals(0.5, found.shareOfTime(), 0.01);
    now += 600 * SECOND;
    assertEquals(0, snapshot().callsPerSecond());
  }

  @Test
  void forgetsWhatIsOlderThanTheWindow() {
    calls(100, true, Outcome.FAILED);
    now += Duration.ofHours(25).toNanos();
    calls(10, false, Outcome.OK);
    assertEquals(new Failures(0, 0), snapshot().failedGivenFailed());
    assertEquals(new Failures(0, 10), snapshot().failedGivenFine());
  }

  @Test
  void boundsTheNames() {
    for (int i = 0; i < 1000; i++) {
      quote.edge("d" + i);
    }
    assertEquals(FunctionDependencies.MAX_NAMES, quote.snapshot(now).edges().size());
    assertEquals(FunctionDependencies.OTHER, quote.edge("d999").dependency());
    assertEquals(Strength.UNKNOWN, quote.snapshot(now).edges().getLast().verdict().strength());
  }

  @Test
  void listsWhatIsDeclaredWeakAndBehavesStrong() {
    quote.declare("catalog", Declared.WEAK);
    assertFalse(snapshot().mismatch());
    for (int i = 0; i < 60; i++) {
      calls(8, false, Outcome.OK);
      calls(2, true, Outcome.FAILED);
    }
    assertTrue(snapshot().mismatch());
    assertTrue(snapshot().isWeakButBehavesStrong());
  }

  @Test
  void keepsADrillApartFromHealth() {
    for (int i = 0; i < 60; i++) {
      now += SECOND;
      CallRecord control = quote.begin(now);
      control.drilled();
      control.ended(catalog, Outcome.OK, MILLI);
      control.finish(false, MILLI, now);
      CallRecord call = quote.begin(now);
      call.injected(catalog);
      call.ended(catalog, i % 2 == 0 ? Outcome.FAILED : Outcome.CANCELLED, MILLI);
      call.finish(true, MILLI, now);
    }
    EdgeSnapshot found = snapshot();
    assertEquals(60, found.calls());
    assertEquals(0, found.errorRate());
    assertTrue(found.drilled());
    assertEquals(Strength.STRONG, found.verdict().strength());
    assertEquals(
        "60 failures of catalog in drills; quote failed in 100.0 % of those calls, 0.0 %"
            + " otherwise",
        found.verdict().evidence());
  }

  @Test
  void takesEachTestimonyOnce() {
    FunctionDependencies staging =
        new FunctionDependencies("quote", new DependencySettings("there", Duration.ofMillis(800)));
    for (int i = 0; i < 500; i++) {
      CallRecord call = staging.begin(i * SECOND);
      call.ended(staging.edge("catalog"), i % 5 == 0 ? Outcome.FAILED : Outcome.OK, MILLI);
      call.finish(i % 5 == 0, MILLI, i * SECOND);
    }
    Evidence evidence = staging.evidence(500 * SECOND);
    quote.merge(evidence, now);
    quote.merge(evidence, now);
    quote.merge(quote.evidence(now), now);
    assertEquals(new Failures(100, 100), snapshot().failedGivenFailed());
    assertEquals(Strength.STRONG, snapshot().verdict().strength());
    assertEquals(0, snapshot().calls());
    assertThrows(IllegalArgumentException.class, () -> quote.merge(Evidence.none("another"), now));
    now += Duration.ofDays(2).toNanos();
    assertEquals(Failures.NONE, snapshot().failedGivenFailed());
  }

  @Test
  void refusesNonsense() {
    assertThrows(IllegalArgumentException.class, () -> new Failures(2, 1));
    assertThrows(IllegalArgumentException.class, () -> new Stratum(1, 2, false, Counts.NONE));
    assertThrows(
        IllegalArgumentException.class, () -> new Testimony("", 1, 0, Map.of("a", List.of())));
    assertThrows(
        IllegalArgumentException.class, () -> new DependencySettings(" ", Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> new DependencySettings("s", Duration.ZERO));
  }
}
