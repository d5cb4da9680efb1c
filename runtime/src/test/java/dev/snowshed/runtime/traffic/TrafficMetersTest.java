package dev.snowshed.runtime.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.admission.Criticality;
import dev.snowshed.core.admission.FunctionCounters;
import dev.snowshed.core.traffic.FunctionTraffic;
import dev.snowshed.core.traffic.TrafficSnapshot;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrafficMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private TrafficSnapshot snapshot = new TrafficSnapshot(0, List.of(), OptionalDouble.empty());
  private List<FunctionCounters> counters = List.of();
  private final TrafficMeters meters = new TrafficMeters(registry, () -> snapshot, () -> counters);

  private String scrape(OptionalDouble host, FunctionTraffic... functions) {
    snapshot = new TrafficSnapshot(0, List.of(functions), host);
    meters.look();
    return scrape();
  }

  /** As Prometheus sees it. */
  private String scrape() {
    return registry.getMeters().stream()
        .map(TrafficMetersTest::line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String line(Meter meter) {
    Meter.Id id = meter.getId();
    String name = id.getName().replace('.', '_');
    String unit = id.getBaseUnit() == null ? "" : "_" + id.getBaseUnit();
    String total = id.getType() == Meter.Type.COUNTER ? "_total" : "";
    String labels =
        id.getTags().stream()
            .map(tag -> tag.getKey() + "=\"" + tag.getValue() + '"')
            .collect(Collectors.joining(",", "{", "}"));
    Measurement value = meter.measure().iterator().next();
    return name + unit + total + (labels.equals("{}") ? "" : labels) + " " + value.getValue();
  }

  private static FunctionCounters counters(String function, long offered) {
    return new FunctionCounters(
        function,
        Map.of(Criticality.CRITICAL_PLUS, offered),
        Map.of(),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        0,
        0,
        false);
  }

  @Test
  void showsWhatIsKnown() {
    String text = scrape(OptionalDouble.of(0.7), Traffics.known("quote"));

    for (String line :
        List.of(
            "snowshed_traffic_safe_throughput{function=\"quote\"} 100.0",
            "snowshed_traffic_safe_concurrency{function=\"quote\"} 8.0",
            "snowshed_traffic_safe_latency_seconds{function=\"quote\"} 0.08",
            "snowshed_traffic_cost_host_seconds{function=\"quote\"} 0.01",
            "snowshed_traffic_mix_throughput{function=\"quote\"} 90.0",
            "snowshed_traffic_estimate_age_seconds{function=\"quote\"} 2.0",
            "snowshed_traffic_bottleneck{bottleneck=\"processors\",function=\"quote\"} 1.0",
            "snowshed_traffic_bottleneck{bottleneck=\"hidden\",function=\"quote\"} 0.0",
            "snowshed_traffic_offered_concurrency{function=\"quote\"} 3.0",
            "snowshed_traffic_forecast{function=\"quote\",horizon=\"60s\"} 70.0",
            "snowshed_traffic_utilization{function=\"quote\"} 0.6",
            "snowshed_traffic_host_utilization 0.7")) {
      assertTrue(text.contains(line + "\n"), line + " is missing in\n" + text);
    }
  }

  @Test
  void leavesOutWhatIsNotKnownAndWhatIsNoLonger() {
    String before = scrape(OptionalDouble.of(0.7), Traffics.known("quote"));
    String after = scrape(OptionalDouble.empty(), Traffics.unknown("quote", "cost changed"));

    for (String name :
        List.of(
            "safe_throughput",
            "safe_concurrency",
            "safe_latency",
            "cost_host",
            "estimate_age",
            "forecast",
            "utilization",
            "host_utilization")) {
      assertTrue(before.contains("snowshed_traffic_" + name), before);
      assertFalse(after.contains("snowshed_traffic_" + name), after);
    }
    assertFalse(after.contains("NaN"), after);
    assertTrue(after.contains("bottleneck=\"unknown\",function=\"quote\"} 1.0"), after);
    assertTrue(scrape(OptionalDouble.of(1), Traffics.known("quote")).contains("safe_throughput"));
  }

  @Test
  void countsWhatIsOffered() {
    counters = List.of(counters("quote", 3));
    meters.look();
    counters = List.of(counters("quote", 8));
    meters.look();

    assertTrue(
        scrape()
            .contains(
                "snowshed_traffic_offered_total{criticality=\"critical-plus\",function=\"quote\"} 8.0"),
        scrape());
    counters = List.of();
    meters.look();
    assertFalse(scrape().contains("quote"), scrape());
  }

  @Test
  void isDocumented() throws IOException {
    String documentation = Files.readString(Path.of("..", "docs", "metrics.md"));

    for (TrafficMeter meter : TrafficMeter.values()) {
      String name = meter.meterName().replace('.', '_');
      String unit = meter.unit() == null ? "" : "_" + meter.unit();
      String total = meter == TrafficMeter.OFFERED || meter == TrafficMeter.RETRIES ? "_total" : "";
      assertTrue(documentation.contains("`" + name + unit + total + "`"), name);
    }
    assertEquals(0, registry.getMeters().size());
  }
}
