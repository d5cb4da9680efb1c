package dev.snowshed.runtime.traffic;

import org.jspecify.annotations.Nullable;

/** The meters of the traffic model. One that is not known is not there. */
enum TrafficMeter {
  /** Gauge: requests per second that the host carries of a function alone. Label function. */
  SAFE_THROUGHPUT("safe.throughput", null, "Requests per second that the host carries of it alone"),
  /** Gauge: requests in flight there. Label function. */
  SAFE_CONCURRENCY("safe.concurrency", null, "Requests in flight at the safe throughput"),
  /** Gauge: mean time in flight there. Label function. */
  SAFE_LATENCY("safe.latency", "seconds", "Mean time in flight at the safe throughput"),
  /** Gauge: share of the host that one request per second takes. Label function. */
  COST("cost.host", "seconds", "Share of the host that one request per second takes"),
  /**
   * Gauge: its requests per second if the present mix grew until the host is full. Label function.
   */
  MIX_THROUGHPUT(
      "mix.throughput", null, "Requests per second of it if the present mix grew until it is full"),
  /** Gauge: how long ago what the estimates rest on was seen. Label function. */
  AGE("estimate.age", "seconds", "How long ago the estimates were last confirmed"),
  /** Gauge, 1 for what ends a function's throughput. Labels function, bottleneck. */
  BOTTLENECK("bottleneck", null, "1 for what ends the function's throughput"),
  /** Counter: tries that came. Labels function, criticality. */
  OFFERED("offered", null, "Tries that came, whether let in or refused"),
  /** Counter: those of them that say that they are retries. Label function. */
  RETRIES("retries", null, "Tries that came and say that they are retries"),
  /** Gauge: requests that would be in flight were none refused. Label function. */
  OFFERED_CONCURRENCY("offered.concurrency", null, "Requests in flight were none refused"),
  /** Gauge: first tries per second that are expected. Labels function, horizon. */
  FORECAST("forecast", null, "First tries per second that are expected"),
  /** Gauge: offered as a share of the safe throughput. Label function. */
  UTILIZATION("utilization", null, "What is offered as a share of the safe throughput"),
  /** Gauge: the same of all functions together. */
  HOST_UTILIZATION("host.utilization", null, "What is offered as a share of what the host carries");

  /** What the names of all of them begin with. */
  static final String PREFIX = "snowshed.traffic.";

  private final String meterName;
  private final @Nullable String unit;
  private final String description;

  TrafficMeter(String name, @Nullable String unit, String description) {
    this.meterName = PREFIX + name;
    this.unit = unit;
    this.description = description;
  }

  /** With dots; Prometheus shows underscores. */
  String meterName() {
    return meterName;
  }

  /** What Prometheus puts behind the name, if anything. */
  @Nullable String unit() {
    return unit;
  }

  String description() {
    return description;
  }
}
