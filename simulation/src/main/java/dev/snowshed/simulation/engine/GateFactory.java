package dev.snowshed.simulation.engine;

import dev.snowshed.simulation.scenario.Scenario;

/** Makes the gate of one run. */
@FunctionalInterface
public interface GateFactory {

  /**
   * Makes a gate.
   *
   * @param scenario what will be played: a gate may take the deadlines and names of its functions,
   *     as a host knows them, and a peer the settings that its authors recommend for such a size;
   *     the controller of the host takes nothing else
   * @param host the host
   * @param seed for the gate's own chance
   */
  Gate create(Scenario scenario, HostView host, long seed);
}
