package dev.snowshed.runtime.metrics;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.admission.AdmissionState;
import dev.snowshed.core.lifecycle.Cause;
import dev.snowshed.core.lifecycle.LifecycleState;
import dev.snowshed.core.lifecycle.LifecycleStatus;
import dev.snowshed.core.lifecycle.Member;
import dev.snowshed.core.lifecycle.Transition;
import dev.snowshed.runtime.loading.BundleLocation;
import dev.snowshed.runtime.loading.BundleVersion;
import dev.snowshed.runtime.loading.FunctionRegistry;
import dev.snowshed.runtime.loading.LoadListener;
import dev.snowshed.runtime.loading.LoadProblem;
import dev.snowshed.runtime.loading.LoadedBundle;
import dev.snowshed.runtime.loading.LoadedFunction;
import dev.snowshed.runtime.signals.LoopDelays;
import dev.snowshed.runtime.signals.MachineSignals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The host's meters. Safe for concurrent use. */
public final class HostMeters implements LoadListener {
  private static final String TRAFFIC = "snowshed.traffic.";
  private static final String DEPENDENCY = "snowshed.dependency.";
  private static final double NANOS_PER_SECOND = 1e9;

  private final MeterRegistry registry;
  private final ConcurrentMap<String, FunctionMeters> functions = new ConcurrentHashMap<>();
  private final FunctionRegistry loaded;
  private final MultiGauge versions;
  private final StateView view;

  /**
   * Registers the meters that are there from the start.
   *
   * @param registry where to
   * @param controller whose state is shown
   * @param signals what the controller reads of the machine
   * @param loops the event loops of the function port
   * @param life where the host is in its life
   * @param fleet what is known of other hosts
   * @param loaded whose functions are counted
   */
  public HostMeters(
      MeterRegistry registry,
      AdmissionController controller,
      MachineSignals signals,
      LoopDelays loops,
      Supplier<LifecycleStatus> life,
      Supplier<List<Member>> fleet,
      FunctionRegistry loaded) {
    this.registry = registry;
    this.view = new StateView(controller, System::nanoTime);
    this.loaded = loaded;
    this.versions =
        MultiGauge.builder(HostMeter.FUNCTION_INFO.meterName())
            .description(HostMeter.FUNCTION_INFO.description())
            .register(registry);
    gauge(HostMeter.ADMISSION_INFLIGHT, controller, AdmissionController::inflight);
    gauge(HostMeter.ADMISSION_LIMIT, controller, AdmissionController::limit);
    gauge(HostMeter.ADMISSION_WAITING, controller, AdmissionController::waiting);
    admission(HostMeter.ADMISSION_STARTING, AdmissionState::starting);
    admission(HostMeter.ADMISSION_ENOUGH_READY, AdmissionState::enoughReady);
    admission(HostMeter.ADMISSION_RETRIES, AdmissionState::retries);
    gauge(HostMeter.ADMISSION_BODIES, "bytes", view, v -> v.state().bodyBytes());
    machine(signals);
    gauge(HostMeter.LOOP_DELAY, "seconds", loops, l -> l.worstNanos() / 1e9);
    life(life);
    gauge(HostMeter.FLEET_MEMBERS, fleet, f -> f.get().size());
    gauge(HostMeter.FLEET_READY, fleet, f -> f.get().stream().filter(Member::ready).count());
    gauge(HostMeter.FUNCTIONS, loaded, names -> names.functions().size());
  }

  private void life(Supplier<LifecycleStatus> life) {
    for (LifecycleState state : LifecycleState.values()) {
      flag(HostMeter.STATE, life, "state", Labels.of(state), s -> s.state() == state);
    }
    for (Cause.Kind kind : Cause.Kind.values()) {
      flag(
          HostMeter.CAUSE,
          life,
          "kind",
          kind.label(),
          s -> s.causes().stream().anyMatch(cause -> cause.kind() == kind));
    }
    gauge(HostMeter.READY, life, s -> s.get().isReady() ? 1 : 0);
    gauge(HostMeter.WEIGHT, life, s -> s.get().weight());
    gauge(HostMeter.HELD_IN, life, s -> s.get().heldIn().isPresent() ? 1 : 0);
  }

  private void flag(
      HostMeter meter,
      Supplier<LifecycleStatus> life,
      String tag,
      String value,
      Predicate<LifecycleStatus> holds) {
    Gauge.builder(meter.meterName(), life, s -> holds.test(s.get()) ? 1 : 0)
        .description(meter.description())
        .tag(tag, value)
        .strongReference(true)
        .register(registry);
  }

  /** Counts a step of the host's life. */
  public void transition(Transition step) {
    counter(HostMeter.TRANSITIONS, "from", Labels.of(step.from()), "to", Labels.of(step.to()))
        .increment();
  }

  private void machine(MachineSignals signals) {
    gauge(HostMeter.RUN_QUEUE, signals, MachineSignals::runQueueLength);
    gauge(HostMeter.PROCESSORS, signals, MachineSignals::processors);
    gauge(HostMeter.CPU_PRESSURE, signals, MachineSignals::cpuPressure);
    gauge(HostMeter.MEMORY_PRESSURE, signals, MachineSignals::heapAfterCollection);
    gauge(HostMeter.CPU_USE, signals, MachineSignals::cpuUse);
    count(HostMeter.CPU, "seconds", signals, s -> s.processorNanos() / NANOS_PER_SECOND);
    gauge(HostMeter.GC_SHARE, signals, MachineSignals::gcShare);
    gauge(HostMeter.START_DELAY, "seconds", signals, s -> s.startDelayNanos() / 1e9);
    count(HostMeter.THROTTLED_PERIODS, null, signals, MachineSignals::throttledPeriods);
    count(HostMeter.THROTTLED, "seconds", signals, MachineSignals::throttledSeconds);
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
        : functions.computeIfAbsent(function, name -> new FunctionMeters(registry, name, view));
  }

  /**
   * Takes the meters of a function away that is gone for good.
   *
   * @param function its name
   */
  public void forget(String function) {
    if (functions.remove(function) != null) {
      for (Meter meter : registry.getMeters()) {
        if (isOwn(meter) && function.equals(meter.getId().getTag("function"))) {
          registry.remove(meter);
        }
      }
    }
  }

  /** Others look after the meters of their own that bear a function's name. */
  private static boolean isOwn(Meter meter) {
    String name = meter.getId().getName();
    return !name.equals(HostMeter.FUNCTION_INFO.meterName())
        && !name.startsWith(TRAFFIC)
        && !name.startsWith(DEPENDENCY);
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

  private void admission(HostMeter meter, ToDoubleFunction<AdmissionState> value) {
    gauge(meter, view, v -> value.applyAsDouble(v.state()));
  }

  private <T> void count(
      HostMeter meter, @Nullable String unit, T source, ToDoubleFunction<T> value) {
    FunctionCounter.builder(meter.meterName(), source, value)
        .description(meter.description())
        .baseUnit(unit)
        .register(registry);
  }

  private <T> void gauge(HostMeter meter, T source, ToDoubleFunction<T> value) {
    gauge(meter, null, source, value);
  }

  private <T> void gauge(
      HostMeter meter, @Nullable String unit, T source, ToDoubleFunction<T> value) {
    Gauge.builder(meter.meterName(), source, value)
        .description(meter.description())
        .baseUnit(unit)
        .strongReference(true)
        .register(registry);
  }
}
