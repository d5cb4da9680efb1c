package dev.snowshed.simulation.fleet;

import dev.snowshed.simulation.scenario.Scenario;
import java.util.List;

/**
 * What befalls a fleet. Immutable.
 *
 * @param name in tables and on the command line
 * @param title one line for reports
 * @param hosts how many there are
 * @param host the cores of each and its functions; the arrivals are those of the whole fleet, and
 *     from {@code scoreFromNanos} on it is scored
 * @param clients how those who call behave
 * @param incidents what happens
 * @param changes when something changes that the fleet has to recover from
 */
public record FleetScenario(
    String name,
    String title,
    int hosts,
    Scenario host,
    Clients clients,
    List<Incident> incidents,
    List<Long> changes) {

  /** Copies the lists. */
  public FleetScenario {
    incidents = List.copyOf(incidents);
    changes = List.copyOf(changes);
  }

  /** Length of a run. */
  public long durationNanos() {
    return host.durationNanos();
  }

  /** From when on it is scored. */
  public long scoreFromNanos() {
    return host.scoreFromNanos();
  }
}
