package dev.snowshed.core.traffic;

/** Where the model reads. Must be cheap and must not block. */
@FunctionalInterface
public interface TrafficSource {
  /** What has been counted until now. */
  HostCounters read(long nowNanos);
}
