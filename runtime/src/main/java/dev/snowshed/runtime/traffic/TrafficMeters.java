package dev.snowshed.runtime.traffic;

import dev.snowshed.core.admission.FunctionCounters;
import dev.snowshed.core.traffic.Bottleneck;
import dev.snowshed.core.traffic.Estimate;
import dev.snowshed.core.traffic.FunctionTraffic;
import dev.snowshed.core.traffic.TrafficSnapshot;
import dev.snowshed.runtime.metrics.Labels;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The meters of the traffic model. What is not known is taken out of the registry, so that it is
 * absent from a scrape: neither 0, with which somebody might reckon, nor a NaN, which would spoil
 * the mean over the fleet. {@link #look} is called by one thread; scrapes may come from any.
 */
public final class TrafficMeters {
  private static final double NANOS_PER_SECOND = 1e9;

  private final MeterRegistry registry;
  private final Supplier<TrafficSnapshot> model;
  private final Supplier<List<FunctionCounters>> counters;

  /** What is in the registry. The looking thread's own. */
  private final Map<Id, Shown> shown = new HashMap<>();

  private record Id(TrafficMeter meter, Tags tags) {}

  /** A meter and its value. */
  private static final class Shown {
    private final Meter meter;
    private final Value value;

    Shown(Meter meter, Value value) {
      this.meter = meter;
      this.value = value;
    }
  }

  /** Written by the looking thread, read by scrapes. */
  private static final class Value {
    private volatile double now;

    Value(double now) {
      this.now = now;
    }
  }

  /**
   * No meters yet.
   *
   * @param registry where they will be
   * @param model what they show
   * @param counters what has been counted, of every function
   */
  public TrafficMeters(
      MeterRegistry registry,
      Supplier<TrafficSnapshot> model,
      Supplier<List<FunctionCounters>> counters) {
    this.registry = registry;
    this.model = model;
    this.counters = counters;
  }

  /** Shows what is known now: to be called every second or so. */
  public void look() {
    Map<Id, Double> known = known(model.get(), counters.get());
    shown.entrySet().removeIf(entry -> !known.containsKey(entry.getKey()) && gone(entry));
    known.forEach(this::show);
  }

  private boolean gone(Map.Entry<Id, Shown> entry) {
    registry.remove(entry.getValue().meter);
    return true;
  }

  private void show(Id id, double value) {
    Shown before = shown.get(id);
    if (before == null) {
      Value first = new Value(value);
      shown.put(id, new Shown(register(id, first), first));
    } else {
      before.value.now = value;
    }
  }

  private Meter register(Id id, Value value) {
    ToDoubleFunction<Value> now = it -> it.now;
    return id.meter() == TrafficMeter.OFFERED || id.meter() == TrafficMeter.RETRIES
        ? FunctionCounter.builder(id.meter().meterName(), value, now)
            .description(id.meter().description())
            .tags(id.tags())
            .register(registry)
        : Gauge.builder(id.meter().meterName(), value, now)
            .description(id.meter().description())
            .baseUnit(id.meter().unit())
            .tags(id.tags())
            .strongReference(true)
            .register(registry);
  }

  private static Map<Id, Double> known(TrafficSnapshot snapshot, List<FunctionCounters> counters) {
    Map<Id, Double> known = new HashMap<>();
    for (FunctionCounters function : counters) {
      offered(known, function);
    }
    snapshot.functions().forEach(function -> function(known, function));
    snapshot
        .hostUtilization()
        .ifPresent(value -> known.put(new Id(TrafficMeter.HOST_UTILIZATION, Tags.empty()), value));
    return known;
  }

  private static void offered(Map<Id, Double> known, FunctionCounters function) {
    known.put(
        new Id(TrafficMeter.RETRIES, Tags.of("function", function.function())),
        (double) function.retries());
    function
        .offered()
        .forEach(
            (criticality, count) ->
                known.put(
                    new Id(
                        TrafficMeter.OFFERED,
                        Tags.of(
                            "function",
                            function.function(),
                            "criticality",
                            Labels.of(criticality))),
                    (double) count));
  }

  private static void function(Map<Id, Double> known, FunctionTraffic function) {
    Tags tags = Tags.of("function", function.function());
    estimate(known, TrafficMeter.SAFE_THROUGHPUT, tags, function.safeThroughput(), 1);
    estimate(known, TrafficMeter.SAFE_CONCURRENCY, tags, function.safeConcurrency(), 1);
    estimate(
        known, TrafficMeter.SAFE_LATENCY, tags, function.latencyAtSafeNanos(), NANOS_PER_SECOND);
    estimate(known, TrafficMeter.COST, tags, function.costHostSeconds(), 1);
    function
        .inMixPerSecond()
        .ifPresent(value -> known.put(new Id(TrafficMeter.MIX_THROUGHPUT, tags), value));
    function
        .safeThroughput()
        .ifPresent(
            it -> known.put(new Id(TrafficMeter.AGE, tags), it.ageNanos() / NANOS_PER_SECOND));
    for (Bottleneck bottleneck : Bottleneck.values()) {
      known.put(
          new Id(TrafficMeter.BOTTLENECK, tags.and("bottleneck", Labels.of(bottleneck))),
          bottleneck == function.bottleneck() ? 1.0 : 0.0);
    }
    known.put(
        new Id(TrafficMeter.OFFERED_CONCURRENCY, tags), function.demand().offeredConcurrency());
    function
        .forecasts()
        .forEach(
            forecast ->
                known.put(
                    new Id(
                        TrafficMeter.FORECAST,
                        tags.and(
                            "horizon", Duration.ofNanos(forecast.inNanos()).toSeconds() + "s")),
                    forecast.perSecond()));
    function
        .utilization()
        .ifPresent(value -> known.put(new Id(TrafficMeter.UTILIZATION, tags), value));
  }

  private static void estimate(
      Map<Id, Double> known,
      TrafficMeter meter,
      Tags tags,
      Optional<Estimate> estimate,
      double unit) {
    estimate.ifPresent(it -> known.put(new Id(meter, tags), it.value() / unit));
  }
}
