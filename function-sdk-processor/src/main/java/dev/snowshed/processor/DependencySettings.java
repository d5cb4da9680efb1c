package dev.snowshed.processor;

/**
 * What a {@link dev.snowshed.function.DependsOn} annotation says, checked.
 *
 * @param name the dependency's name
 * @param strength the constant's name
 * @param timeoutNanos in nanoseconds, 0 for none of its own
 * @param maxConcurrent 0 for any number
 * @param retries how often a failed call is tried again
 * @param breakerFailures 0 for the default
 * @param breakerCalls 0 for no breaker
 * @param breakerDelayNanos in nanoseconds
 */
record DependencySettings(
    String name,
    String strength,
    long timeoutNanos,
    int maxConcurrent,
    int retries,
    double breakerFailures,
    int breakerCalls,
    long breakerDelayNanos) {}
