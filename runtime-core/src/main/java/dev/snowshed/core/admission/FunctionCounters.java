package dev.snowshed.core.admission;

import java.util.Map;

/**
 * What a gate has counted since it was opened: all of it only rises, but for the last three and
 * {@code kneeKnown}, so that differences between two readings are what happened in between.
 * Immutable.
 *
 * <p>Counts of requests are exact as of the last {@link AdmissionController#tick}. The integrals
 * over time are sampled by it, and the times of runs are those of runs that were looked at, each
 * standing for those that ended since the last one; while nobody waits, one each 100 µs is.
 *
 * @param function its name
 * @param offered tries that were let in, refused or given up, by criticality
 * @param refused those of them that were refused
 * @param retries those of them that say that they are retries
 * @param ended tries that were let in and have ended
 * @param failed those of them that did not come to their end: cut, abandoned, or without work done
 * @param runNanos time from start to end, of all that ended
 * @param runSquareNanos the squares of these times, in nanoseconds²
 * @param downstreamNanos the part of it that was known to be spent waiting for dependencies
 * @param inflightNanos integral of the number in flight over time
 * @param queuedNanos integral of the number waiting over time
 * @param limitedNanos time in which requests waited or were refused for lack of room
 * @param observedNanos when this was last brought up to date, on the callers' clock
 * @param limit how many may be in flight now
 * @param inflight how many are
 * @param waiting how many wait
 * @param kneeKnown whether the limit is held where more at once was found to be no faster
 */
public record FunctionCounters(
    String function,
    Map<Criticality, Long> offered,
    Map<Criticality, Long> refused,
    long retries,
    long ended,
    long failed,
    double runNanos,
    double runSquareNanos,
    double downstreamNanos,
    double inflightNanos,
    double queuedNanos,
    long limitedNanos,
    long observedNanos,
    int limit,
    int inflight,
    int waiting,
    boolean kneeKnown) {

  /** Copies the maps. */
  public FunctionCounters {
    offered = Map.copyOf(offered);
    refused = Map.copyOf(refused);
  }
}
