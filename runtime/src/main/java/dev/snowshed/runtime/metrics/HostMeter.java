package dev.snowshed.runtime.metrics;

/**
 * Every meter of the host: the one place that names them. Labels take their values from loaded
 * functions and from enumerations, never from what a caller sends.
 */
public enum HostMeter {
  /** Timer: from a request's head to its answer. Labels function, outcome. */
  REQUESTS("snowshed.function.requests", "From a request's head to its answer"),
  /** Gauge: calls of a function that run now. Label function. */
  INFLIGHT("snowshed.function.inflight", "Calls that run now"),
  /** Gauge: calls that still run although their deadline has long passed. Label function. */
  STUCK("snowshed.function.stuck", "Calls that still run although their deadline has passed"),
  /** Counter: requests that reached no function. Label outcome. */
  UNROUTED("snowshed.unrouted.requests", "Requests that reached no function"),
  /** Gauge: requests in flight over all functions. */
  ADMISSION_INFLIGHT("snowshed.admission.inflight", "Requests in flight"),
  /** Gauge: how many requests may be in flight. */
  ADMISSION_LIMIT("snowshed.admission.limit", "How many requests may be in flight"),
  /** Counter: bundles that took service. Label kind: load, swap. */
  LOADS("snowshed.bundle.loads", "Bundles that took service"),
  /** Counter: bundles that failed to load. Label problem. */
  LOAD_FAILURES("snowshed.bundle.load.failures", "Bundles that failed to load"),
  /** Counter: bundles that were stopped. */
  STOPS("snowshed.bundle.stops", "Bundles that were stopped"),
  /** Gauge: functions that are served now. */
  FUNCTIONS("snowshed.functions", "Functions that are served now"),
  /** Gauge, always 1: which version of a function is served. Labels function, version, digest. */
  FUNCTION_INFO("snowshed.function.info", "Which version of a function is served");

  private final String meterName;
  private final String description;

  HostMeter(String meterName, String description) {
    this.meterName = meterName;
    this.description = description;
  }

  /** The meter's name, with dots; Prometheus shows underscores. */
  public String meterName() {
    return meterName;
  }

  /** What it measures. */
  public String description() {
    return description;
  }
}
