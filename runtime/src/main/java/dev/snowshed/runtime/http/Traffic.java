package dev.snowshed.runtime.http;

import java.util.concurrent.atomic.LongAdder;

/**
 * What has become of the requests for functions, as counts since the start. A call that missed its
 * deadline or lost its caller while it waited for something elsewhere counts as offered only: that
 * says nothing about this host. Safe for concurrent use.
 */
public final class Traffic {
  private final LongAdder offered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder inTime = new LongAdder();
  private final LongAdder late = new LongAdder();

  Traffic() {}

  void offer() {
    offered.increment();
  }

  void refuse() {
    refused.increment();
  }

  void inTime() {
    inTime.increment();
  }

  void late() {
    late.increment();
  }

  /** Requests that asked for admission. */
  public long offered() {
    return offered.sum();
  }

  /** Requests that were not admitted, or not in time. */
  public long refused() {
    return refused.sum();
  }

  /** Admitted calls that ended by their deadline, whatever their function answered. */
  public long endedInTime() {
    return inTime.sum();
  }

  /** Admitted calls that were given up while they ran here or were about to. */
  public long endedLate() {
    return late.sum();
  }
}
