package dev.snowshed.core.traffic;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** Adds functions up to a host. Without state. */
final class Mix {
  private Mix() {}

  static TrafficSnapshot of(long nowNanos, List<FunctionTraffic> functions) {
    OptionalDouble utilization = utilization(functions);
    double growth = utilization.isPresent() ? growth(functions) : Double.NaN;
    return new TrafficSnapshot(
        nowNanos,
        functions.stream().map(function -> inMix(function, growth)).toList(),
        utilization);
  }

  /** Rates times costs; empty if one that is asked for something has no known cost. */
  private static OptionalDouble utilization(List<FunctionTraffic> functions) {
    double sum = 0;
    for (FunctionTraffic function : functions) {
      if (perSecond(function) > 0 && function.costHostSeconds().isEmpty()) {
        return OptionalDouble.empty();
      }
      sum += perSecond(function) * cost(function);
    }
    return OptionalDouble.of(sum);
  }

  /**
   * How many times the rates may grow until the host is full, those that come to their function's
   * own limit before staying there; infinite if all do.
   */
  private static double growth(List<FunctionTraffic> functions) {
    List<FunctionTraffic> asked =
        functions.stream()
            .filter(Mix::isKnownAndAsked)
            .sorted(Comparator.comparingDouble(each -> safe(each) / perSecond(each)))
            .toList();
    double taken = 0;
    for (int i = 0; i < asked.size(); i++) {
      double load =
          asked.subList(i, asked.size()).stream()
              .mapToDouble(each -> perSecond(each) * cost(each))
              .sum();
      double growth = (1 - taken) / load;
      FunctionTraffic next = asked.get(i);
      if (growth * perSecond(next) <= safe(next)) {
        return growth;
      }
      taken += safe(next) * cost(next);
    }
    return Double.POSITIVE_INFINITY;
  }

  private static FunctionTraffic inMix(FunctionTraffic function, double growth) {
    return Double.isNaN(growth) || !isKnownAndAsked(function)
        ? function
        : function.inMix(Math.min(safe(function), growth * perSecond(function)));
  }

  private static boolean isKnownAndAsked(FunctionTraffic function) {
    return function.safeThroughput().isPresent() && perSecond(function) > 0;
  }

  private static double perSecond(FunctionTraffic function) {
    return function.demand().offeredPerSecond();
  }

  private static double safe(FunctionTraffic function) {
    return function.safeThroughput().map(Estimate::value).orElseThrow();
  }

  private static double cost(FunctionTraffic function) {
    return function.costHostSeconds().map(Estimate::value).orElse(0.0);
  }
}
