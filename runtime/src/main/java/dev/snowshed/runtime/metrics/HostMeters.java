package dev.snowshed.runtime.metrics;

import dev.snowshed.core.admission.ConcurrencyBound;
import dev.snowshed.runtime.loading.BundleLocation;
import dev.snowshed.runtime.loading.BundleVersion;
import dev.snowshed.runtime.loading.FunctionRegistry;
import dev.snowshed.runtime.loading.LoadListener;
import dev.snowshed.runtime.loading.LoadProblem;
import dev.snowshed.runtime.loading.LoadedBundle;
import dev.snowshed.runtime.loading.LoadedFunction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToDoubleFunction;

/** The host's meters. Safe for concurrent use. */
public final class HostMeters implements LoadListener {
  private final MeterRegistry registry;
  private final ConcurrentMap<String, FunctionMeters> functions = new ConcurrentHashMap<>();
  private final FunctionRegistry loaded;
  private final MultiGauge versions;

  /**
   * Registers the meters that are there from the start.
   *
   * @param registry where to
   * @param gate whose state is shown
   * @param loaded whose functions are counted
   */
  public HostMeters(MeterRegistry registry, ConcurrencyBound gate, FunctionRegistry loaded) {
    this.registry = registry;
    this.loaded = loaded;
    this.versions =
        MultiGauge.builder(HostMeter.FUNCTION_INFO.meterName())
            .description(HostMeter.FUNCTION_INFO.description())
            .register(registry);
    gauge(HostMeter.ADMISSION_INFLIGHT, gate, ConcurrencyBound::inflight);
    gauge(HostMeter.ADMISSION_LIMIT, gate, ConcurrencyBound::limit);
    gauge(HostMeter.FUNCTIONS, loaded, names -> names.functions().size());
  }

  /**
   * The meters of a function.
   *
   * @param function the name of a loaded function
   */
  public FunctionMeters of(String function) {
    FunctionMeters meters = functions.get(function);
    return meters != null
        ? meters
        : functions.computeIfAbsent(function, name -> new FunctionMeters(registry, name));
  }

  /**
   * Counts a request that reached no function.
   *
   * @param outcome the label of the refusal
   */
  public void unrouted(String outcome) {
    counter(HostMeter.UNROUTED, "outcome", outcome).increment();
  }

  @Override
  public void loaded(LoadedBundle bundle, boolean swap) {
    counter(HostMeter.LOADS, "kind", swap ? "swap" : "load").increment();
    showVersions();
  }

  @Override
  public void failed(BundleLocation location, LoadProblem problem) {
    counter(HostMeter.LOAD_FAILURES, "problem", problem.label()).increment();
  }

  @Override
  public void stopped(LoadedBundle bundle) {
    counter(HostMeter.STOPS).increment();
    showVersions();
  }

  private void showVersions() {
    versions.register(loaded.functions().values().stream().map(HostMeters::version).toList(), true);
  }

  private static MultiGauge.Row<?> version(LoadedFunction function) {
    BundleVersion version = function.bundle().version();
    return MultiGauge.Row.of(
        Tags.of("function", function.name(), "version", version.name(), "digest", version.digest()),
        1);
  }

  private Counter counter(HostMeter meter, String... tags) {
    return Counter.builder(meter.meterName())
        .description(meter.description())
        .tags(tags)
        .register(registry);
  }

  private <T> void gauge(HostMeter meter, T source, ToDoubleFunction<T> value) {
    Gauge.builder(meter.meterName(), source, value)
        .description(meter.description())
        .strongReference(true)
        .register(registry);
  }
}
