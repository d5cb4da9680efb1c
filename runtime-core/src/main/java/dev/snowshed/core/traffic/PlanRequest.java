package dev.snowshed.core.traffic;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A peak to plan for. Immutable.
 *
 * @param perSecond requests per second over all functions and hosts, above 0
 * @param mix each function's share of them; the shares are above 0 and add up to 1
 * @param scaling with which headroom
 * @param zones over how many zones hosts are spread, 1 or more; with 1 no zone can be lost
 */
public record PlanRequest(double perSecond, Map<String, Double> mix, Scaling scaling, int zones) {
  private static final double TOLERANCE = 1e-6;

  /**
   * Copies the mix and checks the ranges.
   *
   * @throws IllegalArgumentException if something is out of range; the message says what
   */
  public PlanRequest {
    mix = Collections.unmodifiableMap(new LinkedHashMap<>(mix));
    Objects.requireNonNull(scaling, "scaling");
    if (!(perSecond > 0 && perSecond < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("requests per second are above 0, not " + perSecond);
    }
    if (zones < 1) {
      throw new IllegalArgumentException("zones are 1 or more, not " + zones);
    }
    double sum = 0;
    for (Map.Entry<String, Double> share : mix.entrySet()) {
      if (!(share.getValue() > 0)) {
        throw new IllegalArgumentException(
            "the share of " + share.getKey() + " is above 0, not " + share.getValue());
      }
      sum += share.getValue();
    }
    if (Math.abs(sum - 1) > TOLERANCE) {
      throw new IllegalArgumentException("the shares of a mix add up to 1, not to " + sum);
    }
  }
}
