package dev.snowshed.core.traffic;

/**
 * A place on a function's curve: the mean over all windows with about that concurrency. Immutable.
 *
 * @param concurrency mean number of requests in flight
 * @param throughput requests that ended, per second
 * @param latencyNanos mean time in flight, by Little's law: concurrency ÷ throughput
 */
public record Point(double concurrency, double throughput, double latencyNanos) {}
