package dev.snowshed.simulation.scaling;

import dev.snowshed.simulation.fleet.Clients;
import dev.snowshed.simulation.fleet.FleetScenario;
import dev.snowshed.simulation.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/**
 * What an autoscaler has to cope with. Immutable.
 *
 * @param name in tables and on the command line
 * @param title one line for reports
 * @param host an instance, and the load of the whole fleet; it is scored from {@code
 *     scoreFromNanos} on, when every autoscaler has settled
 * @param initial how many instances there are at first
 * @param changeSeconds when what the scenario is about begins, counted from where it is scored
 * @param shared the dependency that all share, where it has a capacity of its own
 */
record ScalingScenario(
    String name,
    String title,
    Scenario host,
    int initial,
    int changeSeconds,
    Optional<SharedDownstream.Load> shared) {

  /** Bounds of the number of replicas, the same for all. */
  static final Autoscaler.Bounds BOUNDS = new Autoscaler.Bounds(2, 40);

  FleetScenario fleet() {
    return new FleetScenario(
        name, title, BOUNDS.most(), host, Clients.CAREFUL, List.of(), List.of());
  }
}
