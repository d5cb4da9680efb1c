package dev.snowshed.core.admission;

import dev.snowshed.core.limit.LimitDecision;

/**
 * What a function's gate knows at one moment. Immutable.
 *
 * @param function its name
 * @param limit how many of its requests may be in flight
 * @param inflight how many are
 * @param waiting how many wait
 * @param decision the last decision about the limit, and why
 * @param standing whether its queue stands: newest first, and no longer than the target
 * @param targetNanos how long a standing queue may take
 * @param patienceNanos how long a burst may be above that
 * @param letInPerSecond how fast those that wait are let in, when some do; 0 if none ever has
 * @param meanRunNanos mean time from start to end, of recent runs; 0 before the first
 * @param p99RunNanos 99th percentile of it
 */
public record FunctionState(
    String function,
    int limit,
    int inflight,
    int waiting,
    LimitDecision decision,
    boolean standing,
    long targetNanos,
    long patienceNanos,
    double letInPerSecond,
    long meanRunNanos,
    long p99RunNanos) {}
