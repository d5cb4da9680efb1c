package dev.snowshed.simulation.scaling;

import dev.snowshed.core.traffic.FunctionTraffic;
import dev.snowshed.core.traffic.TrafficSnapshot;
import dev.snowshed.simulation.engine.GateFactory;
import dev.snowshed.simulation.engine.HostView;
import dev.snowshed.simulation.fleet.HostProcess;
import dev.snowshed.simulation.traffic.ModelledGate;
import java.util.IdentityHashMap;

/** What the instances of a run tell of themselves. Not safe for concurrent use. */
final class InstanceModels {
  private final IdentityHashMap<HostView, TrafficSnapshot> snapshots = new IdentityHashMap<>();

  /** Makes the gates of hosts that have a traffic model. */
  GateFactory gates() {
    return (scenario, host, seed) ->
        ModelledGate.with(snapshot -> snapshots.put(host, snapshot)).create(scenario, host, seed);
  }

  /** What a process tells now. */
  Scrape.Metrics read(HostProcess process, long nowNanos) {
    HostProcess.Counts counts = process.counts();
    return new Scrape.Metrics(
        counts.offered(),
        counts.retries(),
        process.host().busyNanos(nowNanos),
        process.underWayNanos(nowNanos),
        capacity(process));
  }

  private Scrape.Capacity capacity(HostProcess process) {
    TrafficSnapshot snapshot = snapshots.get(process.host());
    return snapshot == null || snapshot.functions().isEmpty()
        ? Scrape.Capacity.UNKNOWN
        : capacity(snapshot.functions().getFirst());
  }

  private static Scrape.Capacity capacity(FunctionTraffic traffic) {
    return traffic
        .safeThroughput()
        .map(safe -> new Scrape.Capacity(safe.value(), traffic.bottleneck()))
        .orElse(Scrape.Capacity.UNKNOWN);
  }
}
