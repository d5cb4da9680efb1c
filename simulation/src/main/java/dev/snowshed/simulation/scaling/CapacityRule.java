package dev.snowshed.simulation.scaling;

/**
 * How ours scales: the parameters. Immutable.
 *
 * @param headroom share of the safe throughput that is planned with, above 0 and at most 1
 * @param windowScrapes over how many intervals between scrapes demand is a mean, 1 or more
 * @param trendScrapes over how many the trend is taken, 2 or more
 * @param horizonSeconds how far ahead demand is looked at: how long it takes until a further
 *     instance serves
 * @param smoothing weight of a new reading of the capacity, above 0 and at most 1
 */
record CapacityRule(
    double headroom, int windowScrapes, int trendScrapes, double horizonSeconds, double smoothing) {
  static final CapacityRule DEFAULT = new CapacityRule(0.8, 2, 8, 60, 0.5);

  CapacityRule withHeadroom(double other) {
    return new CapacityRule(other, windowScrapes, trendScrapes, horizonSeconds, smoothing);
  }

  CapacityRule withWindowScrapes(int other) {
    return new CapacityRule(headroom, other, trendScrapes, horizonSeconds, smoothing);
  }

  CapacityRule withTrendScrapes(int other) {
    return new CapacityRule(headroom, windowScrapes, other, horizonSeconds, smoothing);
  }

  CapacityRule withHorizonSeconds(double other) {
    return new CapacityRule(headroom, windowScrapes, trendScrapes, other, smoothing);
  }

  CapacityRule withSmoothing(double other) {
    return new CapacityRule(headroom, windowScrapes, trendScrapes, horizonSeconds, other);
  }
}
