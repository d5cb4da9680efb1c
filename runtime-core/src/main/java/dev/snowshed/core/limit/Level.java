package dev.snowshed.core.limit;

/**
 * What was served while requests waited for the limit: a level of concurrency and its throughput.
 * Not safe for concurrent use.
 */
final class Level {
  private static final double MOST = 1000;

  private double completions;
  private double nanos;
  private double inflightSum;

  void add(double elapsedNanos, int inflight) {
    if (completions > MOST) {
      completions /= 2;
      nanos /= 2;
      inflightSum /= 2;
    }
    completions++;
    nanos += elapsedNanos;
    inflightSum += inflight;
  }

  double completions() {
    return completions;
  }

  /** How many ran, on average. */
  double inflight() {
    return completions == 0 ? 0 : inflightSum / completions;
  }

  /** Completions per nanosecond. */
  double throughput() {
    return nanos == 0 ? 0 : completions / nanos;
  }

  /** How long each ran, by Little's law. */
  double runNanos() {
    return throughput() == 0 ? 0 : inflight() / throughput();
  }
}
