package dev.snowshed.core.traffic;

import dev.snowshed.core.traffic.Plan.FunctionPlan;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Turns a peak into hosts. What a host carries of a mix is what Σ rate × cost ≤ 1 allows, and of
 * each function what ends it elsewhere than at the processors allows, whichever is less. Without
 * state.
 */
public final class Planner {
  /** Instances that a plan has at most, before any are reserved for a zone. */
  static final int MOST_INSTANCES = 1_000_000;

  private Planner() {}

  /**
   * A plan.
   *
   * @param request the peak
   * @param capacities of the functions, at least those of the mix
   * @throws IllegalArgumentException if a function of the mix has no capacity, or more than a
   *     million instances would be needed; the message tells which
   */
  public static Plan plan(PlanRequest request, Map<String, FunctionCapacity> capacities) {
    double load = 0;
    double scarcest = 0;
    for (Map.Entry<String, Double> share : request.mix().entrySet()) {
      FunctionCapacity capacity = capacity(capacities, share.getKey());
      double rate = request.perSecond() * share.getValue();
      load += rate * capacity.costHostSeconds();
      scarcest = Math.max(scarcest, rate / capacity.safePerSecond());
    }
    double hosts = Math.max(load, scarcest);
    int instances = Math.max(1, request.scaling().instances(hosts));
    if (instances > MOST_INSTANCES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%.3g requests per second would take %.3g instances; a plan has at most %d",
              request.perSecond(),
              hosts / request.scaling().headroom(),
              MOST_INSTANCES));
    }
    int zones = request.zones();
    int perZone = zones == 1 ? instances : Math.ceilDiv(instances, zones - 1);
    int left = zones == 1 ? instances : perZone * (zones - 1);
    return new Plan(
        instances,
        perZone * zones,
        perZone,
        hosts / instances,
        hosts / left,
        functions(request, capacities, instances));
  }

  private static List<FunctionPlan> functions(
      PlanRequest request, Map<String, FunctionCapacity> capacities, int instances) {
    return request.mix().entrySet().stream()
        .map(
            share ->
                function(
                    request,
                    share.getKey(),
                    request.perSecond() * share.getValue(),
                    capacity(capacities, share.getKey()),
                    instances))
        .toList();
  }

  private static FunctionPlan function(
      PlanRequest request,
      String function,
      double perSecond,
      FunctionCapacity capacity,
      int instances) {
    double each = perSecond / instances;
    return new FunctionPlan(
        function,
        perSecond,
        each,
        each * capacity.costHostSeconds(),
        Math.max(1, request.scaling().instances(perSecond, capacity.safePerSecond())),
        (int) Math.ceil(capacity.safeConcurrency()),
        each * capacity.latencySeconds());
  }

  private static FunctionCapacity capacity(
      Map<String, FunctionCapacity> capacities, String function) {
    FunctionCapacity capacity = capacities.get(function);
    if (capacity == null) {
      throw new IllegalArgumentException(
          "the capacity of '%s' is not known; known are %s"
              .formatted(
                  function, String.join(", ", capacities.keySet().stream().sorted().toList())));
    }
    return capacity;
  }
}
