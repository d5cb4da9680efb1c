package dev.snowshed.core.dependency;

/** The counters of an edge at some time. Immutable. */
final class Reading {
  static final Reading ZERO = new Reading(new long[Edge.LATENCIES + LatencyCounters.BUCKETS]);

  private final long[] counts;

  /** Takes the array over. */
  private Reading(long[] counts) {
    this.counts = counts;
  }

  static Reading of(Edge edge) {
    long[] counts = new long[Edge.LATENCIES + LatencyCounters.BUCKETS];
    for (int i = 0; i < Edge.LATENCIES; i++) {
      counts[i] = edge.counter(i);
    }
    edge.latencies().copy(counts, Edge.LATENCIES);
    return new Reading(counts);
  }

  long count(int counter) {
    return counts[counter];
  }

  /** What was counted since an earlier reading. */
  Reading since(Reading earlier) {
    long[] more = counts.clone();
    for (int i = 0; i < more.length; i++) {
      more[i] -= earlier.counts[i];
    }
    return new Reading(more);
  }

  /**
   * A quantile of the latencies, rounded up to its bucket's end.
   *
   * @param share which, from 0 to 1
   * @return nanoseconds; 0 if there are none
   */
  long latencyNanos(double share) {
    long total = 0;
    for (int i = Edge.LATENCIES; i < counts.length; i++) {
      total += counts[i];
    }
    double left = share * total;
    for (int i = Edge.LATENCIES; total > 0 && i < counts.length; i++) {
      left -= counts[i];
      if (counts[i] > 0 && left <= 0) {
        return LatencyCounters.upperEnd(i - Edge.LATENCIES);
      }
    }
    return 0;
  }
}
