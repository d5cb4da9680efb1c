package dev.snowshed.runtime.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.core.dependency.CallRecord;
import dev.snowshed.core.dependency.Declared;
import dev.snowshed.core.dependency.DependencySettings;
import dev.snowshed.core.dependency.FunctionDependencies;
import dev.snowshed.core.dependency.Outcome;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class DependencyMetersTest {
  private static final long MILLI = 1_000_000;
  private static final long MINUTE = 60_000 * MILLI;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final DependencyMeters meters = new DependencyMeters(registry);
  private final FunctionDependencies quote =
      new FunctionDependencies("quote", new DependencySettings("here", Duration.ofSeconds(1)));
  private long nowNanos = 1;

  private void call(int times, Outcome outcome) {
    for (int i = 0; i < times; i++) {
      nowNanos += MILLI;
      CallRecord call = quote.begin(nowNanos);
      call.ended(quote.edge("catalog"), outcome, MILLI / 2);
      call.finish(outcome == Outcome.FAILED, MILLI, nowNanos);
    }
  }

  private void show(boolean open) {
    meters.show(
        List.of(quote.snapshot(nowNanos)),
        (function, dependency) -> open && function.equals("quote") && dependency.equals("catalog"));
  }

  private double gauge(HostMeter meter, String... more) {
    return registry
        .get(meter.meterName())
        .tags(Tags.of("function", "quote", "dependency", "catalog").and(more))
        .gauge()
        .value();
  }

  @Test
  void showsWhatIsKnown() {
    quote.declare("catalog", Declared.WEAK);
    for (int minute = 0; minute < 30; minute++) {
      nowNanos += MINUTE;
      call(10, Outcome.OK);
      call(10, Outcome.FAILED);
    }
    show(true);
    assertEquals(600, registry.get("snowshed.dependency.calls").functionCounter().count());
    assertEquals(300, registry.get("snowshed.dependency.failures").functionCounter().count());
    assertEquals(1, gauge(HostMeter.DEPENDENCY_STRENGTH, "strength", "strong"));
    assertEquals(0, gauge(HostMeter.DEPENDENCY_STRENGTH, "strength", "weak"));
    assertEquals(1, gauge(HostMeter.DEPENDENCY_MISMATCH, "declared", "weak"));
    assertEquals(1, gauge(HostMeter.DEPENDENCY_BREAKER));
    assertEquals(0.0005, gauge(HostMeter.DEPENDENCY_LATENCY, "quantile", "0.5"), 0.0002);
  }

  @Test
  void followsAndForgets() {
    call(1, Outcome.OK);
    show(true);
    call(4, Outcome.OK);
    show(false);
    assertEquals(5, registry.get("snowshed.dependency.calls").functionCounter().count());
    assertEquals(0, gauge(HostMeter.DEPENDENCY_BREAKER));
    quote.declare("catalog", Declared.STRONG);
    show(false);
    assertEquals(
        List.of("strong"),
        registry.get("snowshed.dependency.mismatch").gauges().stream()
            .map(each -> each.getId().getTag("declared"))
            .toList());
    meters.show(List.of(), (function, dependency) -> false);
    assertEquals(List.of(), registry.getMeters().stream().map(Meter::getId).toList());
  }

  @Test
  void registersEachMeterOnce() {
    List<String> complaints = new ArrayList<>();
    Handler listener =
        new Handler() {
          @Override
          public void publish(LogRecord complaint) {
            complaints.add(complaint.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger micrometer = Logger.getLogger(MeterRegistry.class.getName());
    micrometer.addHandler(listener);
    try {
      call(1, Outcome.OK);
      show(false);
      call(1, Outcome.OK);
      show(true);
    } finally {
      micrometer.removeHandler(listener);
    }
    assertEquals(List.of(), complaints);
  }
}
