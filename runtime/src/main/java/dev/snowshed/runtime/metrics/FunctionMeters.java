package dev.snowshed.runtime.metrics;

import dev.snowshed.core.admission.Criticality;
import dev.snowshed.core.admission.FunctionState;
import dev.snowshed.core.admission.Rejection;
import dev.snowshed.core.limit.LimitDecision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of one function, the same over all its versions. Safe for concurrent use. */
public final class FunctionMeters {
  private final MeterRegistry registry;
  private final String function;
  private final StateView view;
  private final ConcurrentMap<String, Timer> timers = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Timer> waits = new ConcurrentHashMap<>();

  /** Made when first needed, so that only what occurs is shown. */
  private final ConcurrentMap<Rejection.Reason, ConcurrentMap<Criticality, Counter>> rejections =
      new ConcurrentHashMap<>();

  private final AtomicInteger inflight = new AtomicInteger();
  private final AtomicInteger stuck = new AtomicInteger();

  FunctionMeters(MeterRegistry registry, String function, StateView view) {
    this.registry = registry;
    this.function = function;
    this.view = view;
    gauge(HostMeter.INFLIGHT, inflight);
    gauge(HostMeter.STUCK, stuck);
    admission(HostMeter.LIMIT, null, FunctionState::limit);
    admission(HostMeter.WAITING, null, FunctionState::waiting);
    admission(HostMeter.QUEUE_STANDING, null, state -> state.standing() ? 1 : 0);
    admission(HostMeter.QUEUE_TARGET, "seconds", state -> state.targetNanos() / 1e9);
    admission(HostMeter.QUEUE_PATIENCE, "seconds", state -> state.patienceNanos() / 1e9);
    admission(HostMeter.QUEUE_RATE, null, FunctionState::letInPerSecond);
    admission(HostMeter.RUN_MEAN, "seconds", state -> state.meanRunNanos() / 1e9);
    admission(HostMeter.RUN_P99, "seconds", state -> state.p99RunNanos() / 1e9);
    for (LimitDecision.Reason reason : LimitDecision.Reason.values()) {
      admission(
          HostMeter.LIMIT_REASON,
          null,
          state -> state.decision().reason() == reason ? 1 : 0,
          "reason",
          Labels.of(reason));
    }
  }

  /** Counts a call that starts. */
  public void started() {
    inflight.incrementAndGet();
  }

  /** Counts a call that has ended. */
  public void ended() {
    inflight.decrementAndGet();
  }

  /**
   * Records an answer.
   *
   * @param outcome {@code ok}, {@code client-gone}, {@code drilled} or the label of a refusal
   * @param nanos how long it took
   */
  public void answered(String outcome, long nanos) {
    Timer timer = timers.get(outcome);
    if (timer == null) {
      timer = timers.computeIfAbsent(outcome, name -> timer(HostMeter.REQUESTS, name));
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Records the end of a wait for admission.
   *
   * @param outcome {@code admitted}, {@code rejected} or {@code gone}
   * @param nanos how long it took
   */
  public void waited(String outcome, long nanos) {
    waits
        .computeIfAbsent(outcome, name -> timer(HostMeter.QUEUE_WAIT, name))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Counts a request that was not admitted. */
  public void rejected(Rejection.Reason reason, Criticality criticality) {
    rejections
        .computeIfAbsent(reason, _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(criticality, level -> rejectionCounter(reason, level))
        .increment();
  }

  /** Counts a call that has become stuck. */
  public void stuck() {
    stuck.incrementAndGet();
  }

  /** Counts a stuck call that has ended after all. */
  public void unstuck() {
    stuck.decrementAndGet();
  }

  private void gauge(HostMeter meter, AtomicInteger value) {
    Gauge.builder(meter.meterName(), value, AtomicInteger::get)
        .description(meter.description())
        .tag("function", function)
        .register(registry);
  }

  private void admission(
      HostMeter meter,
      @Nullable String unit,
      ToDoubleFunction<FunctionState> value,
      String... tags) {
    Gauge.builder(meter.meterName(), view, v -> v.of(function, value))
        .description(meter.description())
        .baseUnit(unit)
        .tag("function", function)
        .tags(tags)
        .register(registry);
  }

  private Counter rejectionCounter(Rejection.Reason reason, Criticality criticality) {
    return Counter.builder(HostMeter.REJECTIONS.meterName())
        .description(HostMeter.REJECTIONS.description())
        .tag("function", function)
        .tag("reason", Labels.of(reason))
        .tag("criticality", Labels.of(criticality))
        .register(registry);
  }

  private Timer timer(HostMeter meter, String outcome) {
    return Timer.builder(meter.meterName())
        .description(meter.description())
        .tag("function", function)
        .tag("outcome", outcome)
        .serviceLevelObjectives(
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMillis(2500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10))
        .register(registry);
  }
}
