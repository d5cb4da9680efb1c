package dev.snowshed.simulation.scaling;

/**
 * How ours scales: the parameters, as in {@code deploy/prometheus/snowshed.rules.yaml}. Immutable.
 *
 * @param headroom share of the safe throughput that is planned with, above 0 and at most 1
 * @param rateSeconds over which rates are means: three intervals between scrapes
 * @param trendSeconds over which the trend is taken, twice the horizon
 * @param horizonSeconds how far ahead load is looked at: how long it takes until a further instance
 *     serves
 * @param holdSeconds how long what was wanted counts on the way down: the same, as what is given
 *     away is back after that
 */
record CapacityRule(
    double headroom, int rateSeconds, int trendSeconds, int horizonSeconds, int holdSeconds) {
  static final CapacityRule DEFAULT = new CapacityRule(0.8, 15, 120, 60, 60);

  CapacityRule withHeadroom(double other) {
    return new CapacityRule(other, rateSeconds, trendSeconds, horizonSeconds, holdSeconds);
  }

  CapacityRule withRateSeconds(int other) {
    return new CapacityRule(headroom, other, trendSeconds, horizonSeconds, holdSeconds);
  }

  CapacityRule withTrendSeconds(int other) {
    return new CapacityRule(headroom, rateSeconds, other, horizonSeconds, holdSeconds);
  }

  CapacityRule withHorizonSeconds(int other) {
    return new CapacityRule(headroom, rateSeconds, trendSeconds, other, holdSeconds);
  }

  CapacityRule withHoldSeconds(int other) {
    return new CapacityRule(headroom, rateSeconds, trendSeconds, horizonSeconds, other);
  }

  /** What the manifests let the horizontal pod autoscaler do. */
  Behavior behavior() {
    return new Behavior(holdSeconds, 0, 10);
  }
}
