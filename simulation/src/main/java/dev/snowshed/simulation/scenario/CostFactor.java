package dev.snowshed.simulation.scenario;

/**
 * How many times slower the CPU is than at cost 1, from {@code fromNanos} on. Immutable.
 *
 * @param cost above 0
 * @param rampTo the factor that is reached, linearly, at {@code untilNanos}; the same as {@code
 *     cost} if it does not move
 * @param fromNanos when it begins
 * @param untilNanos when the ramp ends; {@code fromNanos} if there is none
 */
public record CostFactor(double cost, double rampTo, long fromNanos, long untilNanos) {

  /** The factor at a time not before it begins. */
  public double at(long nanos) {
    if (nanos >= untilNanos) {
      return rampTo;
    }
    return cost + (rampTo - cost) * (nanos - fromNanos) / (untilNanos - fromNanos);
  }
}
