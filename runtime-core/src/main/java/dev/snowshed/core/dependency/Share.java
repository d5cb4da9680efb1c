package dev.snowshed.core.dependency;

/**
 * A share that was seen, and how many calls it rests on.
 *
 * @param rate from 0 to 1
 * @param calls 0 or more, not always whole: weighted calls count as fewer
 */
public record Share(double rate, double calls) {

  /** The Wilson score bound below it (Wilson, 1927). */
  double low(Confidence confidence) {
    return calls == 0 ? 0 : Math.max(0, bound(-confidence.deviations(calls)));
  }

  /** The Wilson score bound above it. */
  double high(Confidence confidence) {
    return calls == 0 ? 1 : Math.min(1, bound(confidence.deviations(calls)));
  }

  private double bound(double deviations) {
    double square = deviations * deviations;
    double centre = rate + square / (2 * calls);
    double half = deviations * Math.sqrt(rate * (1 - rate) / calls + square / (4 * calls * calls));
    return (centre + half) / (1 + square / calls);
  }

  /**
   * Where this share less another one lies: the square-and-add limits of two Wilson intervals
   * (Newcombe, 1998).
   */
  Interval minus(Share other, Confidence confidence) {
    if (calls == 0 || other.calls == 0) {
      return Interval.UNKNOWN;
    }
    double difference = rate - other.rate;
    double down = Math.hypot(rate - low(confidence), other.high(confidence) - other.rate);
    double up = Math.hypot(high(confidence) - rate, other.rate - other.low(confidence));
    return new Interval(Math.max(-1, difference - down), Math.min(1, difference + up));
  }
}
