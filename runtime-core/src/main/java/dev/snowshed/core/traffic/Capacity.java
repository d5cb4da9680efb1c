package dev.snowshed.core.traffic;

import dev.snowshed.core.traffic.Estimate.Source;
import java.util.Optional;

/**
 * What was found out about a function's capacity: the estimates, or why one is missing. Immutable.
 */
record Capacity(
    Optional<Estimate> throughput,
    Optional<Estimate> latencyNanos,
    Optional<Estimate> costHostSeconds,
    Bottleneck bottleneck,
    Optional<String> refusal) {
  private static final double Z95 = 1.96;

  static Capacity unknown(Bottleneck bottleneck, String why) {
    return new Capacity(
        Optional.empty(), Optional.empty(), Optional.empty(), bottleneck, Optional.of(why));
  }

  static Capacity of(
      Estimate throughput, Estimate latencyNanos, Estimate cost, Bottleneck bottleneck) {
    return new Capacity(
        Optional.of(throughput),
        Optional.of(latencyNanos),
        Optional.of(cost),
        bottleneck,
        Optional.empty());
  }

  static Capacity withoutCost(
      Estimate throughput, Estimate latencyNanos, Bottleneck bottleneck, String why) {
    return new Capacity(
        Optional.of(throughput),
        Optional.of(latencyNanos),
        Optional.empty(),
        bottleneck,
        Optional.of(why));
  }

  boolean isLimitKnown() {
    return throughput.map(estimate -> estimate.source() == Source.MEASURED).orElse(false);
  }

  /** A value with half an interval, relative to it. */
  static Estimate estimate(double value, double halfWidth, long ageNanos, Source source) {
    double low = value * Math.max(0, 1 - halfWidth);
    return new Estimate(value, low, value * (1 + halfWidth), Math.max(0, ageNanos), source);
  }

  /** Half the 95 % interval of a ratio, what it drifted included. */
  static double halfWidth(Ratio ratio) {
    return Z95 * ratio.error() + Math.max(0, ratio.drift() / 2 - ratio.error());
  }
}
