package dev.snowshed.runtime.http;

import dev.snowshed.runtime.dependency.HostDependencies;
import io.netty.util.Timer;

/**
 * What every call needs of the host.
 *
 * @param workers the threads that functions run on
 * @param timer ends calls at their deadlines
 * @param load what answers tell about the host's load
 * @param traffic counts what becomes of them
 * @param stuck those that do not end
 * @param dependencies what functions call
 * @param stuckAfterNanos how long after its deadline a call that still runs counts as stuck
 */
record CallServices(
    Workers workers,
    Timer timer,
    LoadReport load,
    Traffic traffic,
    StuckCalls stuck,
    HostDependencies dependencies,
    long stuckAfterNanos) {}
