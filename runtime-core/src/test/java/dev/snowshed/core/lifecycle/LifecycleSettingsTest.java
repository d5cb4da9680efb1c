package dev.snowshed.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleSettingsTest {
  /** Settings of all three records, seconds for durations, that are all at the end of a range. */
  private static final Map<String, Double> ALLOWED =
      Map.ofEntries(
          Map.entry("refusedShare", 1.0),
          Map.entry("stuckPerProcessor", 1e-3),
          Map.entry("startDelay", 1e-9),
          Map.entry("loopDelay", 1e-9),
          Map.entry("gcShare", 1.0),
          Map.entry("heapAfterGc", 1.0),
          Map.entry("lateShare", 1.0),
          Map.entry("busyShare", 1.0),
          Map.entry("strainAfter", 0.0),
          Map.entry("ejectAfter", 0.0),
          Map.entry("loopWedgedAfter", 1.0),
          Map.entry("collapsedAfter", 0.0),
          Map.entry("recovery", 0.0),
          Map.entry("holdOff", 1.0),
          Map.entry("maxHoldOff", 1.0),
          Map.entry("jitter", 1.0),
          Map.entry("forgiveAfter", 1e-9),
          Map.entry("slowStart", 0.0),
          Map.entry("weightFloor", 1.0),
          Map.entry("maxOut", 0.5),
          Map.entry("minReady", 0.5),
          Map.entry("staleAfter", 2.0),
          Map.entry("forgetAfter", 2.0));

  private static void make(String name, double value) {
    Values values = new Values(name, value);
    Thresholds thresholds =
        new Thresholds(
            values.of("refusedShare"),
            values.of("stuckPerProcessor"),
            values.time("startDelay"),
            values.time("loopDelay"),
            values.of("gcShare"),
            values.of("heapAfterGc"),
            values.of("lateShare"),
            values.of("busyShare"));
    new LifecycleSettings(
        thresholds,
        values.time("strainAfter"),
        values.time("ejectAfter"),
        values.time("loopWedgedAfter"),
        values.time("collapsedAfter"),
        values.time("recovery"),
        values.time("holdOff"),
        values.time("maxHoldOff"),
        values.of("jitter"),
        values.time("forgiveAfter"),
        values.time("slowStart"),
        values.of("weightFloor"));
    new FleetSettings(
        values.of("maxOut"),
        values.of("minReady"),
        values.time("staleAfter"),
        values.time("forgetAfter"));
  }

  private record Values(String name, double value) {
    double of(String wanted) {
      return wanted.equals(name) ? value : ALLOWED.getOrDefault(wanted, Double.NaN);
    }

    Duration time(String wanted) {
      return Duration.ofNanos(Math.round(of(wanted) * 1e9));
    }
  }

  @Test
  void allowTheEndsOfTheirRanges() {
    assertDoesNotThrow(() -> make("", 0));
  }

  @ParameterizedTest
  @CsvSource({
    "refusedShare, 0, 'refusedShare must be above 0 and at most 1, was 0.0'",
    "refusedShare, NaN, 'refusedShare must be above 0 and at most 1, was NaN'",
    "stuckPerProcessor, 0, 'stuckPerProcessor must be above 0, was 0.0'",
    "stuckPerProcessor, Infinity, 'stuckPerProcessor must be above 0, was Infinity'",
    "startDelay, 0, 'startDelay must be above 0, at most a year, was PT0S'",
    "loopDelay, -1, 'loopDelay must be above 0, at most a year, was PT-1S'",
    "gcShare, 1.1, 'gcShare must be above 0 and at most 1, was 1.1'",
    "heapAfterGc, 0, 'heapAfterGc must be above 0 and at most 1, was 0.0'",
    "lateShare, 2, 'lateShare must be above 0 and at most 1, was 2.0'",
    "busyShare, 0, 'busyShare must be above 0 and at most 1, was 0.0'",
    "strainAfter, -1, 'strainAfter must be from 0 to a year, was PT-1S'",
    "strainAfter, 1, 'ejectAfter must be at least strainAfter (PT1S), was PT0S'",
    "loopDelay, 2, 'loopWedgedAfter must be at least loopDelay (PT2S), was PT1S'",
    "recovery, -1, 'recovery must be from 0 to a year, was PT-1S'",
    "recovery, 1e9, 'recovery must be from 0 to a year, was PT277777H46M40S'",
    "holdOff, 0, 'holdOff must be above 0, at most a year, was PT0S'",
    "holdOff, 2, 'maxHoldOff must be at least holdOff (PT2S), was PT1S'",
    "jitter, 1.1, 'jitter must be from 0 to 1, was 1.1'",
    "forgiveAfter, 0, 'forgiveAfter must be above 0, at most a year, was PT0S'",
    "slowStart, -1, 'slowStart must be from 0 to a year, was PT-1S'",
    "weightFloor, 0, 'weightFloor must be above 0 and at most 1, was 0.0'",
    "maxOut, 0.6, 'maxOut and minReady together must be from 0 to 1, was 1.1'",
    "maxOut, NaN, 'maxOut must be from 0 to 1, was NaN'",
    "minReady, -0.1, 'minReady must be from 0 to 1, was -0.1'",
    "staleAfter, 0, 'staleAfter must be above 0, at most a year, was PT0S'",
    "forgetAfter, 1.9, 'forgetAfter must be at least staleAfter (PT2S), was PT1.9S'"
  })
  void nameWhatIsOutOfRange(String name, double value, String message) {
    IllegalArgumentException problem =
        assertThrows(IllegalArgumentException.class, () -> make(name, value));
    assertEquals(message, problem.getMessage());
  }

  @Test
  void areForProductionByDefault() {
    assertEquals(Duration.ofSeconds(10), LifecycleSettings.DEFAULTS.ejectAfter());
    assertEquals(1 / 3.0, FleetSettings.DEFAULTS.maxOut());
  }
}
