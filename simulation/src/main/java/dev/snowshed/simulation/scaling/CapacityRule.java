package dev.snowshed.simulation.scaling;

import java.util.EnumMap;
import java.util.Map;

/** How ours scales, as in {@code deploy/prometheus/snowshed.rules.yaml}. Immutable. */
final class CapacityRule {
  static final CapacityRule DEFAULT = new CapacityRule(Map.of());

  private final Map<Parameter, Double> changed;

  private CapacityRule(Map<Parameter, Double> changed) {
    this.changed = changed;
  }

  /** What can be chosen. */
  enum Parameter {
    /** Share of the safe throughput that is planned with, above 0 and at most 1. */
    HEADROOM(0.8),

    /** Over which rates are means: three intervals between scrapes. */
    RATE_SECONDS(15),

    /** Over which the newest demand is a mean. */
    NEWEST_SECONDS(5),

    /** How long demand is looked back at for a leap. */
    LEAP_SECONDS(15),

    /** So many times the least demand of that time is a leap, where chance has no part in it. */
    LEAP_TIMES(1.1),

    /** So many standard deviations of the newest demand, if requests come at random, on top. */
    LEAP_DEVIATIONS(2),

    /** So many times the load is asked for in a leap, while hosts are missing. */
    HEDGE_TIMES(2.5),

    /** How long a demand is remembered, which then needs no hedge beyond it. */
    PEAK_SECONDS(600),

    /**
     * How long what was wanted counts on the way down: about what it takes until a further instance
     * serves, as what is given away is back after that.
     */
    HOLD_SECONDS(60),

    /** In Knative's loop, so many times the root of the load is room for chance at least. */
    ROOTS(0.7);

    private final double value;

    Parameter(double value) {
      this.value = value;
    }
  }

  double of(Parameter parameter) {
    return changed.getOrDefault(parameter, parameter.value);
  }

  /** The same but for one parameter. */
  CapacityRule with(Parameter parameter, double value) {
    Map<Parameter, Double> values = new EnumMap<>(Parameter.class);
    values.putAll(changed);
    values.put(parameter, value);
    return new CapacityRule(values);
  }

  /** The same but for one parameter, which is so many times what it was. */
  CapacityRule times(double factor, Parameter parameter) {
    return with(parameter, factor * of(parameter));
  }

  /** What the manifests let the horizontal pod autoscaler do. */
  Behavior behavior() {
    return new Behavior((int) of(Parameter.HOLD_SECONDS), 0, 10);
  }
}
