package dev.snowshed.core.traffic;

import java.util.List;
import java.util.OptionalDouble;

/** Adds functions up to a host. Without state. */
final class Mix {
  private Mix() {}

  static TrafficSnapshot of(long nowNanos, List<FunctionTraffic> functions) {
    OptionalDouble utilization = utilization(functions);
    return new TrafficSnapshot(
        nowNanos,
        functions.stream().map(function -> inMix(function, utilization)).toList(),
        utilization);
  }

  /** Rates times costs; empty if one that is asked for something has no known cost. */
  private static OptionalDouble utilization(List<FunctionTraffic> functions) {
    double sum = 0;
    for (FunctionTraffic function : functions) {
      double perSecond = function.demand().offeredPerSecond();
      if (perSecond > 0 && function.costHostSeconds().isEmpty()) {
        return OptionalDouble.empty();
      }
      sum += perSecond * function.costHostSeconds().map(Estimate::value).orElse(0.0);
    }
    return OptionalDouble.of(sum);
  }

  /** Its rate when the mix has grown until the host, or the function's own limit, is full. */
  private static FunctionTraffic inMix(FunctionTraffic function, OptionalDouble utilization) {
    double perSecond = function.demand().offeredPerSecond();
    if (function.safeThroughput().isEmpty() || utilization.isEmpty() || perSecond <= 0) {
      return function;
    }
    double safe = function.safeThroughput().get().value();
    double whenFull = perSecond / utilization.getAsDouble();
    return function.inMix(Math.min(safe, whenFull));
  }
}
