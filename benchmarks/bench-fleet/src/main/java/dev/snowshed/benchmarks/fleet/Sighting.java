package dev.snowshed.benchmarks.fleet;

import dev.snowshed.haproxy.ServerState;
import java.util.List;

/**
 * Which hosts were in rotation at a moment. Immutable.
 *
 * @param nanos when, by {@link System#nanoTime}
 * @param inRotation of each host
 */
record Sighting(long nanos, List<Boolean> inRotation) {

  static Sighting of(long nanos, List<ServerState> states) {
    return new Sighting(nanos, states.stream().map(ServerState::inRotation).toList());
  }

  boolean has(int host) {
    return inRotation.get(host - 1);
  }

  long count() {
    return inRotation.stream().filter(in -> in).count();
  }
}
