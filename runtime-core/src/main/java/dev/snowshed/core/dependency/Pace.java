package dev.snowshed.core.dependency;

/**
 * What an edge's counters show of the time up to now.
 *
 * @param ever all that was counted
 * @param lately what was counted in a stretch of time
 * @param functionNanos how long the function ran meanwhile, all calls together
 * @param seconds how long the stretch is
 */
record Pace(Reading ever, Reading lately, long functionNanos, double seconds) {

  long total(int counter) {
    return ever.count(counter);
  }

  double callsPerSecond() {
    return lately.count(Edge.CALLS) / seconds;
  }

  double errorRate() {
    long telling = lately.count(Edge.CALLS) - lately.count(Edge.CANCELLED);
    long bad = lately.count(Edge.FAILURES) + lately.count(Edge.REFUSED);
    return telling <= 0 ? 0 : Math.min(1, (double) bad / telling);
  }

  long latencyNanos(double share) {
    return lately.latencyNanos(share);
  }

  double shareOfTime() {
    double busy = lately.count(Edge.BUSY_NANOS);
    return functionNanos <= 0 ? 0 : Math.min(1, busy / functionNanos);
  }
}
