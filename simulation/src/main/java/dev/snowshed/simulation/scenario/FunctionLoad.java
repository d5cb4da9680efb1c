package dev.snowshed.simulation.scenario;

import java.util.Optional;

/**
 * A function and its load. Immutable.
 *
 * @param name unique in its scenario
 * @param deadlineNanos a completion later than this after the arrival is worthless
 * @param arrivals requests per second (Poisson)
 * @param downstream the non-CPU wait before the CPU part
 * @param cpu CPU time at cost factor 1
 * @param pool used before the CPU part, if there is one
 * @param instrumented whether the host sees the time in wait and pool
 * @param scored whether it counts in the scores
 * @param client retries, if it does
 */
public record FunctionLoad(
    String name,
    long deadlineNanos,
    Schedule<Double> arrivals,
    Schedule<Distribution> downstream,
    Schedule<Distribution> cpu,
    Optional<Pool> pool,
    boolean instrumented,
    boolean scored,
    Optional<Client> client) {}
