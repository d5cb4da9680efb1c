package dev.snowshed.simulation.engine;

import org.jspecify.annotations.Nullable;

/**
 * What waits for a core.
 *
 * @param job whose turn it is; null for a probe
 * @param sinceNanos when it was put into the run queue
 */
record Task(@Nullable Job job, long sinceNanos) {}
