package dev.snowshed.simulation.gate;

import static dev.snowshed.simulation.gate.Trace.Quantity.INFLIGHT;
import static dev.snowshed.simulation.gate.Trace.Quantity.LIMIT;
import static dev.snowshed.simulation.gate.Trace.Quantity.RATE;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.simulation.engine.GateFactory;
import dev.snowshed.simulation.gate.Trace.Quantity;
import dev.snowshed.simulation.oracle.FixedLimit;
import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.scenario.ScenarioReader;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds what the controller does on simple hosts within bands: the mean, the least or the most of
 * what is in flight, of the limit and of the completions per second, once it had ten seconds to
 * learn. Beside each band stands a broken controller that falls out of it.
 *
 * <p>After the tests of Vector's adaptive request concurrency, which hold its statistics in ranges.
 */
class BandsTest {
  private static final String HOST =
      """
      name: bands
      duration: 30s
      scoreFrom: 10s
      cores: 4
      functions:
      """;

  private static final GateFactory OURS = SnowshedGate.with(AdmissionSettings.DEFAULTS);

  /**
   * One host and load.
   *
   * @param title what it is
   * @param functions a line each, without name
   * @param bands what is expected
   */
  record Case(String title, List<String> functions, List<Band> bands) {
    Scenario scenario() {
      StringBuilder yaml = new StringBuilder(HOST);
      for (int i = 0; i < functions.size(); i++) {
        yaml.append("  - {name: f%d, %s}%n".formatted(i, functions.get(i)));
      }
      return new ScenarioReader().read("bands.yaml", yaml.toString());
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /** Which figure of a run. */
  enum Statistic {
    MIN,
    MEAN,
    MAX;

    double of(DoubleSummaryStatistics statistics) {
      return switch (this) {
        case MIN -> statistics.getMin();
        case MEAN -> statistics.getAverage();
        case MAX -> statistics.getMax();
      };
    }
  }

  /**
   * A range.
   *
   * @param quantity of which
   * @param statistic which figure
   * @param low the least
   * @param high the most
   * @param brokenLimit for each function, with which it is not reached
   */
  record Band(Quantity quantity, Statistic statistic, double low, double high, int brokenLimit) {
    boolean holds(Trace trace) {
      double value = statistic.of(trace.of(quantity));
      return low <= value && value <= high;
    }

    GateFactory broken(int functions) {
      return FixedLimit.of(Collections.nCopies(functions, brokenLimit));
    }
  }

  private static Case of(String title, String function, Band... bands) {
    return new Case(title, List.of(function), List.of(bands));
  }

  private static final int NONE = Integer.MAX_VALUE;

  private static Band mean(Quantity quantity, double low, double high, int brokenLimit) {
    return new Band(quantity, Statistic.MEAN, low, high, brokenLimit);
  }

  private static Band least(Quantity quantity, double low, double high, int brokenLimit) {
    return new Band(quantity, Statistic.MIN, low, high, brokenLimit);
  }

  private static Band most(Quantity quantity, double low, double high, int brokenLimit) {
    return new Band(quantity, Statistic.MAX, low, high, brokenLimit);
  }

  static Stream<Case> cases() {
    return Stream.of(
        of(
            "constant time at half load",
            "deadline: 200ms, arrivals: [{from: 0s, rps: 200}], cpu: [{from: 0s, constant: 10ms}]",
            mean(INFLIGHT, 1.8, 2.5, 1),
            least(LIMIT, 5, 1000, 4),
            mean(RATE, 190, 210, 1)),
        of(
            "constant time at 150 %",
            "deadline: 200ms, arrivals: [{from: 0s, rps: 600}], cpu: [{from: 0s, constant: 10ms}]",
            mean(INFLIGHT, 4, 9, NONE),
            most(INFLIGHT, 4, 16, NONE),
            mean(LIMIT, 7, 64, NONE),
            mean(RATE, 390, 401, 3)),
        of(
            "exponential time at 200 %",
            "deadline: 200ms, arrivals: [{from: 0s, rps: 800}], cpu: [{from: 0s, exponential: 10ms}]",
            mean(INFLIGHT, 4, 10, NONE),
            most(INFLIGHT, 4, 24, NONE),
            mean(LIMIT, 4, 24, NONE),
            mean(RATE, 380, 415, 3)),
        of(
            "a flat downstream",
            "deadline: 1s, arrivals: [{from: 0s, rps: 300}], wait: [{from: 0s, constant: 100ms}],"
                + " cpu: [{from: 0s, exponential: 1ms}]",
            mean(INFLIGHT, 28, 33, 16),
            least(LIMIT, 33, 10_000, 16),
            mean(RATE, 290, 310, 16)),
        of(
            "a full pool",
            "deadline: 400ms, arrivals: [{from: 0s, rps: 750}],"
                + " pool: {size: 20, hold: {constant: 40ms}}, cpu: [{from: 0s, exponential: 1ms}]",
            mean(INFLIGHT, 19, 60, NONE),
            most(INFLIGHT, 20, 100, NONE),
            mean(LIMIT, 20, 80, NONE),
            mean(RATE, 475, 505, 16)),
        of(
            "a pool so small that all miss their deadline behind it at first",
            "deadline: 300ms, arrivals: [{from: 0s, rps: 200}],"
                + " pool: {size: 2, hold: {constant: 20ms}}, cpu: [{from: 0s, exponential: 1ms}]",
            mean(INFLIGHT, 2, 8, NONE),
            mean(LIMIT, 2, 12, NONE),
            mean(RATE, 85, 101, 1)),
        of(
            "a downstream that becomes five times slower",
            "deadline: 1s, arrivals: [{from: 0s, rps: 300}],"
                + " wait: [{from: 0s, constant: 40ms}, {from: 8s, constant: 200ms}],"
                + " cpu: [{from: 0s, exponential: 1ms}]",
            mean(INFLIGHT, 57, 64, 32),
            least(LIMIT, 48, 10_000, 32),
            mean(RATE, 295, 320, 32)),
        of(
            "a capacity that drops to a third",
            "deadline: 300ms, arrivals: [{from: 0s, rps: 300}],"
                + " cpu: [{from: 0s, exponential: 10ms}, {from: 8s, exponential: 30ms}]",
            mean(INFLIGHT, 4, 10, NONE),
            most(INFLIGHT, 4, 20, NONE),
            mean(LIMIT, 4, 24, NONE),
            mean(RATE, 122, 140, 3)),
        new Case(
            "three functions that differ",
            List.of(
                "deadline: 200ms, arrivals: [{from: 0s, rps: 100}],"
                    + " cpu: [{from: 0s, exponential: 10ms}]",
                "deadline: 500ms, arrivals: [{from: 0s, rps: 400}],"
                    + " cpu: [{from: 0s, exponential: 10ms}]",
                "deadline: 1s, arrivals: [{from: 0s, rps: 100}],"
                    + " wait: [{from: 0s, constant: 100ms}], cpu: [{from: 0s, exponential: 20ms}]"),
            List.of(
                mean(INFLIGHT, 8, 40, NONE),
                most(INFLIGHT, 8, 80, NONE),
                mean(RATE, 280, 350, 1))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theControllerStaysWithin(Case host) {
    Trace trace = Trace.of(host.scenario(), OURS);
    for (Band band : host.bands()) {
      assertTrue(band.holds(trace), () -> band + ", but was " + trace);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aBrokenOneFallsOut(Case host) {
    for (Band band : host.bands()) {
      Trace trace = Trace.of(host.scenario(), band.broken(host.functions().size()));
      assertFalse(band.holds(trace), () -> band + ", also with " + trace);
    }
  }
}
