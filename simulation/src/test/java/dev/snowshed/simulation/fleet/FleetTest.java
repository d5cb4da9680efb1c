package dev.snowshed.simulation.fleet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.simulation.oracle.FixedLimit;
import dev.snowshed.simulation.scenario.Distribution;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Checks the model itself, at hosts without a limit. */
class FleetTest {
  private static final long SECOND = 1_000_000_000;
  private static final int HOSTS = 3;

  /** Requests per second that go to each host. */
  private static final double RATE = FleetScenarios.LOAD * 100;

  private static final Clients ONCE =
      new Clients(SECOND, 0, 3, Distribution.ZERO, Double.POSITIVE_INFINITY);

  private static FleetScenario scenario(String event, Clients clients) {
    FleetScenario known = FleetScenarios.called(event, HOSTS);
    return new FleetScenario(
        known.name(),
        known.title(),
        known.hosts(),
        known.host(),
        clients,
        known.incidents(),
        known.changes());
  }

  private static Policy policy(Checks checks, int redispatches) {
    return new Policy(
        "test",
        Balancing.ROUND_ROBIN,
        FixedLimit.none(),
        Keeper.careless(),
        checks,
        0,
        redispatches,
        0,
        false,
        true);
  }

  private static Policy known(String name) {
    return Objects.requireNonNull(Policies.all().get(name));
  }

  private static double lost(String event, Checks checks, int redispatches) {
    return Fleets.play(scenario(event, ONCE), policy(checks, redispatches), 1).lost();
  }

  @Test
  void theSameSeedBringsTheSameRun() {
    FleetScenario scenario = FleetScenarios.called("zone-lost", HOSTS);
    FleetOutcome first = Fleets.play(scenario, known("snowshed"), 1);
    FleetOutcome second = Fleets.play(scenario, known("snowshed"), 1);

    assertArrayEquals(first.served(), second.served());
    assertEquals(first.attempts(), second.attempts());
    assertEquals(first.lost(), second.lost());
  }

  @Test
  void allPoliciesGetTheSameRequests() {
    FleetScenario scenario = FleetScenarios.called("host-dies", HOSTS);

    assertEquals(
        Fleets.play(scenario, known("none-rr"), 2).requests(),
        Fleets.play(scenario, known("snowshed"), 2).requests());
  }

  @Test
  void aDeadHostGetsItsShareUntilProbesAndTheirNewsSaySo() {
    // the third bad probe comes two to three periods after the death
    double told = lost("host-dies", new Checks(SECOND, SECOND, 3, 1, 0), 0);
    double toldLate = lost("host-dies", new Checks(SECOND, SECOND, 3, 1, 4 * SECOND), 0);
    double probedSlowly = lost("host-dies", new Checks(4 * SECOND, SECOND, 3, 1, 0), 0);

    assertTrue(told > 1.8 * RATE && told < 3.3 * RATE, "lost " + told);
    assertEquals(told + 4 * RATE, toldLate, RATE / 2);
    assertTrue(probedSlowly > 7.5 * RATE && probedSlowly < 12.5 * RATE, "lost " + probedSlowly);
  }

  @Test
  void aBalancerThatTriesAnotherHostLosesOnlyWhatWasInTheDeadOne() {
    double lost = lost("host-dies", new Checks(SECOND, SECOND, 3, 1, 0), 2);

    assertTrue(lost < 60, "lost " + lost);
  }

  @Test
  void aSilentHostLosesWhatItIsSentWhoeverTriesAnother() {
    double lost = lost("zone-lost", new Checks(SECOND, SECOND, 3, 1, 0), 2);

    assertTrue(lost > 2.7 * RATE && lost < 4.3 * RATE, "lost " + lost);
  }

  @Test
  void aHangingDependencyHoldsOnlyItsCallers() {
    FleetOutcome outcome =
        Fleets.play(scenario("dependency-hangs", ONCE), policy(Checks.KUBERNETES, 0), 1);

    double share = outcome.served(50, 105) / outcome.possible(50, 105);
    assertEquals(1, share, 0.01);
    assertEquals(HOSTS * RATE / 2 * 55, outcome.possible(50, 105), 300);
  }

  @Test
  void clientsTryAgainWithinTheirShareAndBudget() {
    Clients half = new Clients(SECOND, 0.5, 1, Distribution.ZERO, Double.POSITIVE_INFINITY);
    Clients budgeted = new Clients(SECOND, 1, 1, Distribution.ZERO, 0.1);

    // all calls of the dependency fail for 60 s, which are half of the requests
    assertEquals(
        30 * HOSTS * RATE, retries(scenario("dependency-errors", Clients.STORMY)) / 3, 300);
    assertEquals(0, retries(scenario("dependency-errors", ONCE)));
    assertEquals(15 * HOSTS * RATE, retries(scenario("dependency-errors", half)), 300);
    // what was saved up, and a tenth of the requests meanwhile
    assertEquals(7 * HOSTS * RATE, retries(scenario("dependency-errors", budgeted)), 50);
  }

  private static double retries(FleetScenario scenario) {
    FleetOutcome outcome = Fleets.play(scenario, policy(Checks.KUBERNETES, 0), 1);
    return outcome.attempts() - (double) outcome.requests();
  }

  @Test
  void capacityIsThatOfTheHostsThatAreLeft() {
    FleetOutcome dead = Fleets.play(scenario("host-dies", ONCE), policy(Checks.KUBERNETES, 0), 1);
    FleetOutcome slow = Fleets.play(scenario("host-slow", ONCE), policy(Checks.KUBERNETES, 0), 1);

    assertEquals(200, dead.possible(50, 100) / 50, 1e-6);
    assertEquals(225, slow.possible(50, 100) / 50, 3);
    assertEquals(2.0 / 3, dead.smallestAliveShare(), 1e-9);
    assertEquals(1, slow.smallestAliveShare());
  }
}
