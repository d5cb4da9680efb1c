package dev.snowshed.simulation.scenario;

/**
 * What a caller does when it is refused or waits too long. Immutable.
 *
 * @param timeoutNanos after which it gives an attempt up
 * @param retries how often it tries again, 0 or more
 * @param backoff how long it waits before that
 * @param cancels whether giving up reaches the host, which then stops the work
 */
public record Client(long timeoutNanos, int retries, Distribution backoff, boolean cancels) {}
