package dev.snowshed.core.traffic;

import dev.snowshed.core.admission.Criticality;
import dev.snowshed.core.admission.FunctionCounters;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** How much a host carries of each function, and how much is asked of it. */
public final class TrafficModel {
  private final TrafficSource source;
  private volatile TrafficSnapshot snapshot =
      new TrafficSnapshot(0, List.of(), OptionalDouble.empty());

  /**
   * A model that has seen nothing.
   *
   * @param source what it reads with each tick
   */
  public TrafficModel(TrafficSource source) {
    this.source = source;
  }

  /** Looks at the counters: to be called ten times per second or more often, by one thread. */
  public void tick(long nowNanos) {
    HostCounters counters = source.read(nowNanos);
    snapshot =
        new TrafficSnapshot(
            nowNanos,
            counters.functions().stream().map(TrafficModel::unknown).toList(),
            OptionalDouble.empty());
  }

  /** What is known. Never blocks. */
  public TrafficSnapshot snapshot() {
    return snapshot;
  }

  private static FunctionTraffic unknown(FunctionCounters counters) {
    Map<Criticality, Double> none = new EnumMap<>(Criticality.class);
    for (Criticality criticality : Criticality.values()) {
      none.put(criticality, 0.0);
    }
    return new FunctionTraffic(
        counters.function(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Bottleneck.UNKNOWN,
        new Demand(0, 0, 0, 0, none),
        List.of(),
        OptionalDouble.empty(),
        Optional.of("too few requests have been seen"),
        List.of(),
        Fit.NONE);
  }
}
