package dev.snowshed.simulation.scaling;

import dev.snowshed.core.traffic.FunctionTraffic;
import dev.snowshed.core.traffic.TrafficSnapshot;
import dev.snowshed.simulation.engine.GateFactory;
import dev.snowshed.simulation.engine.HostView;
import dev.snowshed.simulation.fleet.HostProcess;
import dev.snowshed.simulation.traffic.ModelledGate;
import java.util.IdentityHashMap;
import java.util.function.Supplier;

/** What the instances of a run tell of themselves. Not safe for concurrent use. */
final class InstanceModels {
  private static final long FRESH_NANOS = LoadInHosts.HOSTS_NANOS;

  private final IdentityHashMap<HostView, Supplier<TrafficSnapshot>> models =
      new IdentityHashMap<>();
  private final IdentityHashMap<HostView, Known> known = new IdentityHashMap<>();

  /** What was asked for at a time. */
  private record Known(long atNanos, Scrape.Capacity capacity) {}

  /** Makes the gates of hosts that have a traffic model. */
  GateFactory gates() {
    return (scenario, host, seed) -> {
      ModelledGate gate = ModelledGate.create(scenario, host, seed);
      models.put(host, gate::snapshot);
      return gate;
    };
  }

  /** What a process tells now. */
  Scrape.Metrics read(HostProcess process, long nowNanos) {
    HostProcess.Counts counts = process.counts();
    return new Scrape.Metrics(
        counts.offered(),
        counts.retries(),
        counts.refused(),
        process.host().busyNanos(nowNanos),
        process.underWayNanos(nowNanos),
        process.host().limit(),
        process.weight(nowNanos),
        capacity(process, nowNanos));
  }

  /** Asks a model no more often than anybody looks. */
  private Scrape.Capacity capacity(HostProcess process, long nowNanos) {
    Supplier<TrafficSnapshot> model = models.get(process.host());
    if (model == null) {
      return Scrape.Capacity.UNKNOWN;
    }
    Known last = known.get(process.host());
    if (last == null || nowNanos - last.atNanos >= FRESH_NANOS) {
      last = new Known(nowNanos, capacity(model.get()));
      known.put(process.host(), last);
    }
    return last.capacity;
  }

  private static Scrape.Capacity capacity(TrafficSnapshot snapshot) {
    return snapshot.functions().isEmpty()
        ? Scrape.Capacity.UNKNOWN
        : capacity(snapshot.functions().getFirst());
  }

  private static Scrape.Capacity capacity(FunctionTraffic traffic) {
    return traffic
        .safeThroughput()
        .flatMap(
            safe ->
                traffic
                    .costHostSeconds()
                    .map(
                        cost ->
                            new Scrape.Capacity(safe.value(), cost.value(), traffic.bottleneck())))
        .orElseGet(() -> new Scrape.Capacity(Double.NaN, Double.NaN, traffic.bottleneck()));
  }
}
