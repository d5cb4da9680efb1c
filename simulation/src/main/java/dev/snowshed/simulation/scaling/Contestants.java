package dev.snowshed.simulation.scaling;

import dev.snowshed.simulation.fleet.Policies;
import dev.snowshed.simulation.fleet.Policy;
import dev.snowshed.simulation.scaling.CapacityRule.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The autoscalers that can be compared, by name, in the order of the rows.
 *
 * <p>All size the same hosts: ours, with their limit, lifecycle and weights; but for {@code
 * knative-queue}, which brings Knative's own queue and limit.
 */
final class Contestants {
  /** The name of our own. */
  static final String SNOWSHED = "snowshed";

  /** The name of our own where Knative scales. */
  static final String SNOWSHED_KNATIVE = "snowshed-knative";

  private Contestants() {}

  /** Whether a name is one of our own. */
  static boolean isOurs(String name) {
    return name.equals(SNOWSHED) || name.equals(SNOWSHED_KNATIVE);
  }

  /** All of them. */
  static SequencedMap<String, Contestant> all() {
    SequencedMap<String, Contestant> all = new LinkedHashMap<>();
    for (Contestant each :
        List.of(
            cpu("hpa-cpu-70", 0.7, Behavior.DEFAULT),
            cpu("hpa-cpu-50", 0.5, Behavior.DEFAULT),
            cpu("hpa-cpu-70-quick", 0.7, CapacityRule.DEFAULT.behavior()),
            knative("knative", KnativeAutoscaler.Settings.DEFAULT),
            knative("knative-quick", KnativeAutoscaler.Settings.QUICK),
            knativeQueue("knative-queue"),
            rate("keda-rps", Behavior.DEFAULT),
            rate("keda-rps-quick", CapacityRule.DEFAULT.behavior()),
            snowshed(SNOWSHED, CapacityRule.DEFAULT),
            snowshedKnative(SNOWSHED_KNATIVE, CapacityRule.DEFAULT))) {
      all.put(each.name(), each);
    }
    return all;
  }

  private static Contestant cpu(String name, double target, Behavior behavior) {
    return new Contestant(
        name,
        Contestants::host,
        false,
        (bounds, test) ->
            new HorizontalPodAutoscaler(
                new CpuUtilization(target, test.cores()), behavior, bounds));
  }

  private static Contestant knative(String name, KnativeAutoscaler.Settings settings) {
    return new Contestant(
        name, Contestants::host, false, (bounds, test) -> byConcurrency(settings, test, bounds));
  }

  private static KnativeAutoscaler byConcurrency(
      KnativeAutoscaler.Settings settings, LoadTest test, Autoscaler.Bounds bounds) {
    return new KnativeAutoscaler(settings, now -> test.usualConcurrency(), bounds);
  }

  private static Contestant knativeQueue(String name) {
    return new Contestant(
        name,
        test ->
            Policies.sensible(
                name, QueueProxy.with(limit(test)), (process, fellows, seed) -> now -> true),
        false,
        (bounds, test) -> byConcurrency(KnativeAutoscaler.Settings.DEFAULT, test, bounds));
  }

  private static int limit(LoadTest test) {
    return (int) Math.ceil(test.concurrency());
  }

  private static Contestant rate(String name, Behavior behavior) {
    return new Contestant(
        name,
        Contestants::host,
        false,
        (bounds, test) ->
            new HorizontalPodAutoscaler(
                new FixedRate(CapacityRule.DEFAULT.of(Parameter.HEADROOM) * test.throughput()),
                behavior,
                bounds));
  }

  static Contestant snowshed(String name, CapacityRule rule) {
    return new Contestant(
        name,
        Contestants::host,
        true,
        (bounds, test) ->
            new HorizontalPodAutoscaler(
                new MeasuredCapacity(new LoadInHosts(rule, test.cores())),
                rule.behavior(),
                bounds));
  }

  static Contestant snowshedKnative(String name, CapacityRule rule) {
    return new Contestant(
        name,
        Contestants::host,
        true,
        (bounds, test) ->
            new KnativeAutoscaler(
                KnativeAutoscaler.Settings.BY_RATE,
                new MeasuredTarget(
                    new LoadInHosts(rule, test.cores()),
                    rule.of(Parameter.HEADROOM),
                    test.throughput()),
                bounds));
  }

  /**
   * Ours, and ours with each of its parameters halved and doubled; what matters there in Knative's
   * loop too.
   */
  static List<Contestant> variants() {
    CapacityRule rule = CapacityRule.DEFAULT;
    SequencedMap<String, CapacityRule> leaps = leaps(rule);
    List<Contestant> variants = new ArrayList<>();
    variants.add(snowshed(SNOWSHED, rule));
    variants.add(snowshed("headroom 0.4", rule.times(0.5, Parameter.HEADROOM)));
    variants.add(snowshed("headroom 1.0, its most", rule.with(Parameter.HEADROOM, 1)));
    variants.add(snowshed("rates over 10 s", rule.with(Parameter.RATE_SECONDS, 10)));
    variants.add(snowshed("rates over 30 s", rule.times(2, Parameter.RATE_SECONDS)));
    leaps.forEach((name, other) -> variants.add(snowshed(name, other)));
    variants.add(snowshed("hold 30 s", rule.times(0.5, Parameter.HOLD_SECONDS)));
    variants.add(snowshed("hold 120 s", rule.times(2, Parameter.HOLD_SECONDS)));
    variants.add(snowshedKnative(SNOWSHED_KNATIVE, rule));
    leaps.forEach((name, other) -> variants.add(snowshedKnative("… " + name, other)));
    variants.add(snowshedKnative("… room 0.35 roots", rule.times(0.5, Parameter.ROOTS)));
    variants.add(snowshedKnative("… room 1.4 roots", rule.times(2, Parameter.ROOTS)));
    return variants;
  }

  private static SequencedMap<String, CapacityRule> leaps(CapacityRule rule) {
    SequencedMap<String, CapacityRule> leaps = new LinkedHashMap<>();
    leaps.put("newest 3 s", rule.with(Parameter.NEWEST_SECONDS, 3));
    leaps.put("newest 10 s", rule.times(2, Parameter.NEWEST_SECONDS));
    leaps.put("leap in 10 s", rule.with(Parameter.LEAP_SECONDS, 10));
    leaps.put("leap in 30 s", rule.times(2, Parameter.LEAP_SECONDS));
    leaps.put("leap by 5 %", rule.with(Parameter.LEAP_TIMES, 1.05));
    leaps.put("leap by 20 %", rule.with(Parameter.LEAP_TIMES, 1.2));
    leaps.put("1 deviation", rule.times(0.5, Parameter.LEAP_DEVIATIONS));
    leaps.put("4 deviations", rule.times(2, Parameter.LEAP_DEVIATIONS));
    leaps.put("hedge 1, none", rule.with(Parameter.HEDGE_TIMES, 1));
    leaps.put("hedge 5", rule.times(2, Parameter.HEDGE_TIMES));
    leaps.put("peaks of 5 min", rule.times(0.5, Parameter.PEAK_SECONDS));
    leaps.put("peaks of 20 min", rule.times(2, Parameter.PEAK_SECONDS));
    return leaps;
  }

  private static Policy host(LoadTest test) {
    return Policies.snowshed(Policies.SNOWSHED);
  }
}
