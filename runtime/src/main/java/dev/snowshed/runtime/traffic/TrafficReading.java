package dev.snowshed.runtime.traffic;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.admission.FunctionCounters;
import dev.snowshed.core.traffic.HostCounters;
import dev.snowshed.core.traffic.TrafficSource;
import dev.snowshed.runtime.signals.MachineSignals;
import java.util.List;

/** What the traffic model reads of this host. Safe for concurrent use. */
public final class TrafficReading implements TrafficSource {
  private final AdmissionController controller;
  private final MachineSignals signals;
  private volatile List<FunctionCounters> counters = List.of();

  /**
   * Has read nothing yet.
   *
   * @param controller whose gates count
   * @param signals tell what the machine has and the process uses
   */
  public TrafficReading(AdmissionController controller, MachineSignals signals) {
    this.controller = controller;
    this.signals = signals;
  }

  @Override
  public HostCounters read(long nowNanos) {
    counters = controller.counters();
    return new HostCounters(signals.processorNanos(), signals.processors(), counters);
  }

  /** What was read last. */
  public List<FunctionCounters> counters() {
    return counters;
  }
}
