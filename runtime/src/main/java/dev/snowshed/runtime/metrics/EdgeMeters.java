package dev.snowshed.runtime.metrics;

import dev.snowshed.core.dependency.Declared;
import dev.snowshed.core.dependency.EdgeSnapshot;
import dev.snowshed.core.dependency.Strength;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of one dependency of a function. Written by one thread, read by any. */
final class EdgeMeters {
  private static final double NANOS_PER_SECOND = 1e9;

  private final MeterRegistry registry;
  private final Tags tags;
  private final List<Meter> meters = new ArrayList<>();
  private volatile @Nullable Shown shown;

  /**
   * What is shown.
   *
   * @param edge what is known
   * @param open whether the circuit breaker is open
   */
  private record Shown(EdgeSnapshot edge, boolean open) {}

  EdgeMeters(MeterRegistry registry, DependencyMeters.Line line) {
    this.registry = registry;
    this.tags = Tags.of("function", line.function(), "dependency", line.dependency());
  }

  /** Shows this. */
  void show(EdgeSnapshot edge, boolean open) {
    Shown before = shown;
    shown = new Shown(edge, open);
    if (before == null || before.edge().declared() != edge.declared()) {
      remove();
      register(edge.declared());
    }
  }

  private void register(Declared declared) {
    count(HostMeter.DEPENDENCY_CALLS, EdgeSnapshot::calls);
    count(HostMeter.DEPENDENCY_FAILURES, EdgeSnapshot::failures);
    count(HostMeter.DEPENDENCY_REFUSED, EdgeSnapshot::refused);
    count(HostMeter.DEPENDENCY_FALLBACKS, EdgeSnapshot::fallbacks);
    count(HostMeter.DEPENDENCY_RETRIES, EdgeSnapshot::retries);
    latency("0.5", EdgeSnapshot::p50Nanos);
    latency("0.99", EdgeSnapshot::p99Nanos);
    gauge(HostMeter.DEPENDENCY_TIME, null, tags, s -> s.edge().shareOfTime());
    strength();
    gauge(HostMeter.DEPENDENCY_CONFIDENCE, null, tags, s -> s.edge().verdict().confidence());
    gauge(
        HostMeter.DEPENDENCY_MISMATCH,
        null,
        tags.and("declared", label(declared)),
        s -> s.edge().mismatch() ? 1 : 0);
    gauge(HostMeter.DEPENDENCY_BREAKER, null, tags, s -> s.open() ? 1 : 0);
  }

  /** Takes the meters away. */
  void remove() {
    meters.forEach(registry::remove);
    meters.clear();
  }

  private void strength() {
    for (Strength strength : Strength.values()) {
      gauge(
          HostMeter.DEPENDENCY_STRENGTH,
          null,
          tags.and("strength", label(strength)),
          s -> s.edge().verdict().strength() == strength ? 1 : 0);
    }
  }

  private void latency(String quantile, ToDoubleFunction<EdgeSnapshot> nanos) {
    gauge(
        HostMeter.DEPENDENCY_LATENCY,
        "seconds",
        tags.and("quantile", quantile),
        s -> nanos.applyAsDouble(s.edge()) / NANOS_PER_SECOND);
  }

  private void count(HostMeter meter, ToDoubleFunction<EdgeSnapshot> value) {
    meters.add(
        FunctionCounter.builder(
                meter.meterName(), this, m -> m.value(s -> value.applyAsDouble(s.edge())))
            .description(meter.description())
            .tags(tags)
            .register(registry));
  }

  private void gauge(
      HostMeter meter, @Nullable String unit, Tags labels, ToDoubleFunction<Shown> value) {
    meters.add(
        Gauge.builder(meter.meterName(), this, m -> m.value(value))
            .description(meter.description())
            .baseUnit(unit)
            .tags(labels)
            .register(registry));
  }

  private double value(ToDoubleFunction<Shown> value) {
    Shown now = shown;
    return now == null ? 0 : value.applyAsDouble(now);
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
