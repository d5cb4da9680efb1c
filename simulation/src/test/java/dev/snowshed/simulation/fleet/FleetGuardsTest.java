package dev.snowshed.simulation.fleet;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Guards what the lifecycle, its budget and its weights are there for: small fleets, a failure
 * each, the bar that ours must pass and a policy that does not.
 */
class FleetGuardsTest {
  private static final List<Long> SEEDS = List.of(1L, 2L);
  private static final Fleets FLEETS = new Fleets(2);

  enum Score {
    GOODPUT,
    READY,
    RECOVERY,
    LOST;

    double of(FleetScores scores) {
      return switch (this) {
        case GOODPUT -> scores.goodput().mean();
        case READY -> scores.smallestReadyShare();
        case RECOVERY -> scores.recoverySeconds().mean();
        case LOST -> scores.lost().mean();
      };
    }

    boolean passes(double value, double bar) {
      return (this == GOODPUT || this == READY) ? value >= bar : value <= bar;
    }
  }

  @AfterAll
  static void close() {
    FLEETS.close();
  }

  private static Policy policy(String name) {
    Map<String, Policy> policies = new LinkedHashMap<>(Policies.all());
    policies.put("unbudgeted", Policies.snowshed("unbudgeted").keptBy(SelfCare.unbudgeted()));
    return Objects.requireNonNull(policies.get(name));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          drowns when one of three dies        | host-dies        |  3 | GOODPUT  | 0.95 | none-lc
          takes a rest when one of three dies  | host-dies        |  3 | READY    | 0.66 | readiness-busy
          lets a slow host have its share      | host-slow        |  3 | GOODPUT  | 0.95 | none-rr
          drowns when a zone is lost           | zone-lost        | 10 | GOODPUT  | 0.95 | none-rr
          leaves for a dependency              | dependency-hangs |  3 | READY    | 1    | readiness-full
          cuts what it serves to be replaced   | rolling-deploy   |  3 | LOST     | 0    | none-rr
          keeps a retry storm alive            | retry-storm      |  3 | RECOVERY | 10   | none-lc
          leaves for an ill that all have      | memory-spiral    | 10 | READY    | 0.66 | unbudgeted
          """)
  void guards(String failure, String event, int hosts, Score score, double bar, String broken) {
    FleetScenario scenario = FleetScenarios.called(event, hosts);
    double ours = score.of(FLEETS.play(scenario, policy(Policies.SNOWSHED), SEEDS).scores());
    double theirs = score.of(FLEETS.play(scenario, policy(broken), SEEDS).scores());
    String figures =
        "%s: %s of %s is %.4f, the bar %s, %s of %s %.4f"
            .formatted(failure, score, Policies.SNOWSHED, ours, bar, score, broken, theirs);

    assertTrue(score.passes(ours, bar), figures);
    assertFalse(score.passes(theirs, bar), figures);
  }

  static Stream<FleetScenario> scenarios() {
    return Stream.of(3, 10).map(FleetScenarios::all).flatMap(List::stream);
  }

  /** As many runs as the published tables have: recovery is told from their mean. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void keepsAllBars(FleetScenario scenario) {
    List<Long> seeds = LongStream.rangeClosed(1, 30 / scenario.hosts()).boxed().toList();
    FleetScores scores = FLEETS.play(scenario, policy(Policies.SNOWSHED), seeds).scores();
    assertAll(
        () -> assertTrue(scores.goodput().mean() >= 0.95, () -> "goodput " + scores.goodput()),
        () -> assertTrue(scores.smallestReadyShare() >= 0.5, () -> "ready " + scores),
        () -> assertTrue(scores.recoverySeconds().mean() <= 10, () -> "recovery " + scores));
  }
}
