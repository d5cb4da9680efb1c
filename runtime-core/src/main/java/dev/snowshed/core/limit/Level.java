package dev.snowshed.core.limit;

import dev.snowshed.core.stats.Moments;

/** The runs that completed while a level of concurrency held. Not safe for concurrent use. */
final class Level {
  private static final double MOST = 256;

  private final Moments inflight = new Moments();
  private final Moments nanos = new Moments();

  void add(int concurrency, double runNanos) {
    inflight.keepAtMost(MOST);
    nanos.keepAtMost(MOST);
    inflight.add(concurrency);
    nanos.add(runNanos);
  }

  double completions() {
    return nanos.count();
  }

  /** How many ran, on average. */
  double inflight() {
    return inflight.mean();
  }

  double runNanos() {
    return nanos.mean();
  }

  /**
   * The squared relative standard error of the mean run time. Runs that do not depend on each other
   * have that of their spread. Runs that wait in one line share what they wait for: each is as long
   * as all the service ahead of it, so that k in a row know no more than inflight + k services.
   */
  double relativeError() {
    double spread = nanos.variance() / (nanos.mean() * nanos.mean() * nanos.count());
    return Math.max(spread, 1 / (inflight.mean() + nanos.count()));
  }
}
