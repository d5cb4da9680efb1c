package dev.snowshed.simulation.scenario;

/**
 * Nothing runs for a while, again and again; the first time after one period. Immutable.
 *
 * @param everyNanos the period, above 0
 * @param forNanos how long each takes, above 0; if not shorter than the period, nothing runs any
 *     more
 */
public record Stall(long everyNanos, long forNanos) {

  /** The end of the stall that a time lies in, or the time itself. */
  public long endAt(long nanos) {
    long start = nanos - nanos % everyNanos;
    return start > 0 && nanos < start + forNanos ? start + forNanos : nanos;
  }

  /** The start of the first stall at or after a time. */
  public long nextStart(long nanos) {
    long start = nanos - nanos % everyNanos;
    return start > 0 && start == nanos ? start : start + everyNanos;
  }
}
