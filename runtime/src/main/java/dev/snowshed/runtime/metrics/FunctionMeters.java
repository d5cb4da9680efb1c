package dev.snowshed.runtime.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of one function, the same over all its versions. Safe for concurrent use. */
public final class FunctionMeters {
  private final MeterRegistry registry;
  private final String function;
  private final ConcurrentMap<String, Timer> timers = new ConcurrentHashMap<>();
  private final AtomicInteger inflight = new AtomicInteger();
  private final AtomicInteger stuck = new AtomicInteger();

  FunctionMeters(MeterRegistry registry, String function) {
    this.registry = registry;
    this.function = function;
    gauge(HostMeter.INFLIGHT, inflight);
    gauge(HostMeter.STUCK, stuck);
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
   * @param outcome {@code ok}, {@code client-gone} or the label of a refusal
   * @param nanos how long it took
   */
  public void answered(String outcome, long nanos) {
    Timer timer = timers.get(outcome);
    if (timer == null) {
      timer = timers.computeIfAbsent(outcome, this::timer);
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
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

  private Timer timer(String outcome) {
    return Timer.builder(HostMeter.REQUESTS.meterName())
        .description(HostMeter.REQUESTS.description())
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
