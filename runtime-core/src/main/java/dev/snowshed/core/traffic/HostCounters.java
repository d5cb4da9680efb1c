package dev.snowshed.core.traffic;

import dev.snowshed.core.admission.FunctionCounters;
import java.util.List;

/**
 * What a host has counted since its start. Immutable.
 *
 * @param busyNanos processor time of the process; not a number if it cannot be told
 * @param processors how many processors it may use, quotas included; above 0
 * @param functions every function's
 */
public record HostCounters(double busyNanos, double processors, List<FunctionCounters> functions) {

  /** Copies the list. */
  public HostCounters {
    functions = List.copyOf(functions);
  }
}
