package dev.snowshed.simulation.scaling;

/**
 * How ours scales: the parameters, as in {@code deploy/prometheus/snowshed.rules.yaml}. Immutable.
 *
 * @param headroom share of the safe throughput that is planned with, above 0 and at most 1
 * @param rateSeconds over which rates are means: three intervals between scrapes
 * @param leapSeconds how long demand is looked back at for a leap
 * @param leapTimes so many times the least demand of that time is a leap
 * @param hedgeTimes so many times the load is asked for during one, while hosts are missing
 * @param holdSeconds how long what was wanted counts on the way down: about what it takes until a
 *     further instance serves, as what is given away is back after that
 * @param roots in Knative's loop, so many times the root of the load is room for chance at least
 */
record CapacityRule(
    double headroom,
    int rateSeconds,
    int leapSeconds,
    double leapTimes,
    double hedgeTimes,
    int holdSeconds,
    double roots) {
  static final CapacityRule DEFAULT = new CapacityRule(0.8, 15, 30, 1.2, 2, 60, 0.7);

  CapacityRule withHeadroom(double other) {
    return new CapacityRule(
        other, rateSeconds, leapSeconds, leapTimes, hedgeTimes, holdSeconds, roots);
  }

  CapacityRule withRateSeconds(int other) {
    return new CapacityRule(
        headroom, other, leapSeconds, leapTimes, hedgeTimes, holdSeconds, roots);
  }

  CapacityRule withLeapSeconds(int other) {
    return new CapacityRule(
        headroom, rateSeconds, other, leapTimes, hedgeTimes, holdSeconds, roots);
  }

  CapacityRule withLeapTimes(double other) {
    return new CapacityRule(
        headroom, rateSeconds, leapSeconds, other, hedgeTimes, holdSeconds, roots);
  }

  CapacityRule withHedgeTimes(double other) {
    return new CapacityRule(
        headroom, rateSeconds, leapSeconds, leapTimes, other, holdSeconds, roots);
  }

  CapacityRule withHoldSeconds(int other) {
    return new CapacityRule(
        headroom, rateSeconds, leapSeconds, leapTimes, hedgeTimes, other, roots);
  }

  CapacityRule withRoots(double other) {
    return new CapacityRule(
        headroom, rateSeconds, leapSeconds, leapTimes, hedgeTimes, holdSeconds, other);
  }

  /** What the manifests let the horizontal pod autoscaler do. */
  Behavior behavior() {
    return new Behavior(holdSeconds, 0, 10);
  }
}
