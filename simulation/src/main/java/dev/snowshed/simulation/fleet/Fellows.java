package dev.snowshed.simulation.fleet;

import java.util.Optional;

/** What a host can ask of the other hosts of its fleet, over the network. */
public interface Fellows {
  /** How many hosts there are. */
  int hosts();

  /** The process of a host that answers now; empty if none does. */
  Optional<HostProcess> answering(int host);
}
