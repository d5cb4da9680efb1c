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
  /** Gauge: how many calls of a function may be in flight. Label function. */
  LIMIT("snowshed.function.limit", "How many calls may be in flight"),
  /** Gauge, 1 for the reason of the last decision about the limit. Labels function, reason. */
  LIMIT_REASON("snowshed.function.limit.reason", "Why the limit is what it is"),
  /** Gauge: requests of a function that wait. Label function. */
  WAITING("snowshed.function.waiting", "Requests that wait"),
  /** Counter: requests that were not admitted. Labels function, reason, criticality. */
  REJECTIONS("snowshed.function.rejections", "Requests that were not admitted"),
  /** Timer: from a request's ticket to the end of its wait. Labels function, outcome. */
  QUEUE_WAIT("snowshed.function.queue.wait", "How long requests waited that had to"),
  /** Gauge: whether a function's queue stands. Label function. */
  QUEUE_STANDING("snowshed.function.queue.standing", "1 while the queue stands, 0 else"),
  /** Gauge: how long a standing queue may take. Label function. */
  QUEUE_TARGET("snowshed.function.queue.target", "How long a standing queue may take"),
  /** Gauge: how long a burst may be above the target. Label function. */
  QUEUE_PATIENCE("snowshed.function.queue.patience", "How long a burst may exceed the target"),
  /** Gauge: how fast those that wait are let in, per second. Label function. */
  QUEUE_RATE("snowshed.function.queue.rate", "How many that wait are let in per second"),
  /** Gauge: mean time from start to end. Label function. */
  RUN_MEAN("snowshed.function.run.mean", "Mean run time of recent calls"),
  /** Gauge: 99th percentile of the time from start to end. Label function. */
  RUN_P99("snowshed.function.run.p99", "99th percentile of the run time of recent calls"),
  /** Counter: requests that reached no function. Label outcome. */
  UNROUTED("snowshed.unrouted.requests", "Requests that reached no function"),
  /** Gauge: requests in flight over all functions. */
  ADMISSION_INFLIGHT("snowshed.admission.inflight", "Requests in flight"),
  /** Gauge: how many requests may be in flight. */
  ADMISSION_LIMIT("snowshed.admission.limit", "How many requests may be in flight"),
  /** Gauge: requests that wait, over all functions. */
  ADMISSION_WAITING("snowshed.admission.waiting", "Requests that wait"),
  /** Gauge: requests that were admitted and have not started. */
  ADMISSION_STARTING("snowshed.admission.starting", "Admitted requests that have not started"),
  /** Gauge: how many tasks may be ready to run before no more are let in. */
  ADMISSION_ENOUGH_READY(
      "snowshed.admission.enough.ready", "Ready tasks from which on no more are let in"),
  /** Gauge: retries in flight. */
  ADMISSION_RETRIES("snowshed.admission.retries", "Retries in flight"),
  /** Gauge: announced bytes of bodies in flight. */
  ADMISSION_BODIES("snowshed.admission.body", "Announced bytes of bodies in flight"),
  /** Gauge: virtual threads that are ready to run and wait for a carrier. */
  RUN_QUEUE("snowshed.host.run.queue", "Virtual threads that wait for a processor"),
  /** Gauge: processors that the host may use, quotas included. */
  PROCESSORS("snowshed.host.processors", "Processors that may be used"),
  /** Counter: scheduling periods in which the quota of processor time was used up. */
  THROTTLED_PERIODS("snowshed.host.throttled.periods", "Periods in which the quota was used up"),
  /** Counter: time in which the quota kept the host from running. */
  THROTTLED("snowshed.host.throttled", "Time in which the quota kept the host from running"),
  /** Gauge: share of the last ten seconds in which a task waited for a processor. */
  CPU_PRESSURE("snowshed.host.cpu.pressure", "Share of time in which tasks waited for a processor"),
  /** Gauge: the process's share of the processors, over a second. */
  CPU_USE("snowshed.host.cpu.use", "Share of the processors that the process uses"),
  /** Counter: processor time that the process has used. */
  CPU("snowshed.host.cpu", "Processor time that the process has used"),
  /** Gauge: share of the last ten seconds in which collections stopped the process. */
  GC_SHARE("snowshed.host.gc.share", "Share of time in which collections stopped the process"),
  /** Gauge: how long an event loop of the function port takes to turn. */
  LOOP_DELAY("snowshed.host.loop.delay", "How long a probe waited for the slowest event loop"),
  /** Gauge: how long a virtual thread waited for its start. */
  START_DELAY("snowshed.host.start.delay", "How long a probe waited for its start"),
  /** Gauge: how full the heap is after collections. */
  MEMORY_PRESSURE("snowshed.host.memory.pressure", "Share of the heap in use after collections"),
  /** Gauge, 1 for the state that the host is in. Label state. */
  STATE("snowshed.lifecycle.state", "1 for the state that the host is in"),
  /** Gauge, 1 for what is the matter with the host. Label kind. */
  CAUSE("snowshed.lifecycle.cause", "1 for what is the matter with the host"),
  /** Gauge: whether the host is in rotation. */
  READY("snowshed.lifecycle.ready", "1 while the host is in rotation, 0 else"),
  /** Gauge: which share of a healthy host's traffic this one should get. */
  WEIGHT("snowshed.lifecycle.weight", "Share of a healthy host's traffic that this one asks for"),
  /** Gauge: whether the host wants to leave the rotation and may not. */
  HELD_IN("snowshed.lifecycle.held.in", "1 while the host wants to leave and may not, 0 else"),
  /** Counter: steps of the host's life. Labels from, to. */
  TRANSITIONS("snowshed.lifecycle.transitions", "Steps of the host's life"),
  /** Gauge: other hosts of the fleet that are known. */
  FLEET_MEMBERS("snowshed.fleet.members", "Other hosts of the fleet that are known"),
  /** Gauge: those of them that were ready when they were last heard of. */
  FLEET_READY("snowshed.fleet.ready", "Other hosts that were ready when last heard of"),
  /** Counter: calls of a dependency. Labels function, dependency, as all that follow of them. */
  DEPENDENCY_CALLS("snowshed.dependency.calls", "Calls of a dependency"),
  /** Counter: those that failed or timed out. */
  DEPENDENCY_FAILURES("snowshed.dependency.failures", "Calls of a dependency that failed"),
  /** Counter: those that were not made. */
  DEPENDENCY_REFUSED("snowshed.dependency.refused", "Calls of a dependency that were not made"),
  /** Counter: how often the function took something else instead. */
  DEPENDENCY_FALLBACKS("snowshed.dependency.fallbacks", "Fallbacks taken"),
  /** Counter: further tries. */
  DEPENDENCY_RETRIES("snowshed.dependency.retries", "Further tries to call a dependency"),
  /** Gauge: how long calls take. Label quantile: 0.5, 0.99. */
  DEPENDENCY_LATENCY("snowshed.dependency.latency", "How long calls of a dependency take"),
  /** Gauge: share of the function's time. */
  DEPENDENCY_TIME("snowshed.dependency.time.share", "Share of the function's time"),
  /** Gauge, 1 for what it was found to be. Label strength. */
  DEPENDENCY_STRENGTH("snowshed.dependency.strength", "1 for what the dependency was found to be"),
  /** Gauge: with which confidence. */
  DEPENDENCY_CONFIDENCE("snowshed.dependency.confidence", "How sure the found strength is"),
  /** Gauge: whether it behaves otherwise than declared. Label declared. */
  DEPENDENCY_MISMATCH(
      "snowshed.dependency.mismatch", "1 if it behaves otherwise than declared, 0 else"),
  /** Gauge: whether its circuit breaker is open. */
  DEPENDENCY_BREAKER("snowshed.dependency.breaker.open", "1 while calls are refused, 0 else"),
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
