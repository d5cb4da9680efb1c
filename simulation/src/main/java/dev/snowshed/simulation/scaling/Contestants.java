package dev.snowshed.simulation.scaling;

import dev.snowshed.simulation.fleet.Policies;
import dev.snowshed.simulation.fleet.Policy;
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

  private Contestants() {}

  /** All of them. */
  static SequencedMap<String, Contestant> all() {
    SequencedMap<String, Contestant> all = new LinkedHashMap<>();
    for (Contestant each :
        List.of(
            cpu("hpa-cpu-70", 0.7),
            cpu("hpa-cpu-50", 0.5),
            knative("knative"),
            knativeQueue("knative-queue"),
            rate("keda-rps"),
            snowshed(SNOWSHED, CapacityRule.DEFAULT))) {
      all.put(each.name(), each);
    }
    return all;
  }

  private static Contestant cpu(String name, double target) {
    return new Contestant(
        name,
        Contestants::host,
        false,
        (bounds, test) ->
            new HorizontalPodAutoscaler(new CpuUtilization(target, test.cores()), bounds));
  }

  private static Contestant knative(String name) {
    return new Contestant(
        name,
        Contestants::host,
        false,
        (bounds, test) -> new KnativeAutoscaler(test.usualConcurrency(), bounds));
  }

  private static Contestant knativeQueue(String name) {
    return new Contestant(
        name,
        test ->
            Policies.sensible(
                name, QueueProxy.with(limit(test)), (process, fellows, seed) -> now -> true),
        false,
        (bounds, test) -> new KnativeAutoscaler(test.usualConcurrency(), bounds));
  }

  private static int limit(LoadTest test) {
    return (int) Math.ceil(test.concurrency());
  }

  private static Contestant rate(String name) {
    return new Contestant(
        name,
        Contestants::host,
        false,
        (bounds, test) ->
            new HorizontalPodAutoscaler(
                new FixedRate(CapacityRule.DEFAULT.headroom() * test.throughput()), bounds));
  }

  static Contestant snowshed(String name, CapacityRule rule) {
    return new Contestant(
        name,
        Contestants::host,
        true,
        (bounds, test) -> new HorizontalPodAutoscaler(new MeasuredCapacity(rule), bounds));
  }

  /** Ours, and ours with each of its parameters halved and doubled. */
  static List<Contestant> variants() {
    CapacityRule rule = CapacityRule.DEFAULT;
    return List.of(
        snowshed(SNOWSHED, rule),
        snowshed("headroom 0.4", rule.withHeadroom(rule.headroom() / 2)),
        snowshed("headroom 1.0, its most", rule.withHeadroom(1)),
        snowshed("window 1 scrape", rule.withWindowScrapes(rule.windowScrapes() / 2)),
        snowshed("window 4 scrapes", rule.withWindowScrapes(rule.windowScrapes() * 2)),
        snowshed("trend of 4 scrapes", rule.withTrendScrapes(rule.trendScrapes() / 2)),
        snowshed("trend of 16 scrapes", rule.withTrendScrapes(rule.trendScrapes() * 2)),
        snowshed("horizon 30 s", rule.withHorizonSeconds(rule.horizonSeconds() / 2)),
        snowshed("horizon 120 s", rule.withHorizonSeconds(rule.horizonSeconds() * 2)),
        snowshed("smoothing 0.25", rule.withSmoothing(rule.smoothing() / 2)),
        snowshed("smoothing 1", rule.withSmoothing(rule.smoothing() * 2)));
  }

  private static Policy host(LoadTest test) {
    return Policies.snowshed(Policies.SNOWSHED);
  }
}
