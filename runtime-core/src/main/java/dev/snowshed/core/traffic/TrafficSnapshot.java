package dev.snowshed.core.traffic;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What the model knows at one moment. Immutable.
 *
 * @param atNanos when
 * @param functions every function of the host
 * @param hostUtilization offered rates times the costs of a request, over all functions; above 1
 *     when more is asked than the host carries; empty unless the cost of each function that is
 *     asked for anything is known
 */
public record TrafficSnapshot(
    long atNanos, List<FunctionTraffic> functions, OptionalDouble hostUtilization) {

  /** Copies the list. */
  public TrafficSnapshot {
    functions = List.copyOf(functions);
  }
}
