package dev.snowshed.core.traffic;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one host carries of one function, and what is asked of it. Immutable.
 *
 * <p>The three estimates are there together or not at all, and {@code costHostSeconds} only with
 * them; if one is not, {@code refusal} says why.
 *
 * @param function its name
 * @param safeConcurrency requests in flight at the safe throughput
 * @param safeThroughput requests per second that the host carries of this function alone, without
 *     the queue growing; what {@link #inMixPerSecond} says is left of it beside the others
 * @param latencyAtSafeNanos mean time in flight there
 * @param costHostSeconds share of the host that one request per second takes: rates times these,
 *     added up over the functions, are the host's utilization
 * @param inMixPerSecond this function's rate if the present mix grew until the host is full
 * @param bottleneck what ends it
 * @param demand what is asked
 * @param forecasts what will be
 * @param utilization offered ÷ safe throughput; above 1 when more is asked than it carries
 * @param refusal why there is no estimate, or none of the cost
 * @param curve by rising concurrency; empty without data
 * @param fit of the curve
 */
public record FunctionTraffic(
    String function,
    Optional<Estimate> safeConcurrency,
    Optional<Estimate> safeThroughput,
    Optional<Estimate> latencyAtSafeNanos,
    Optional<Estimate> costHostSeconds,
    OptionalDouble inMixPerSecond,
    Bottleneck bottleneck,
    Demand demand,
    List<Forecast> forecasts,
    OptionalDouble utilization,
    Optional<String> refusal,
    List<Point> curve,
    Fit fit) {

  /** Copies the lists. */
  public FunctionTraffic {
    forecasts = List.copyOf(forecasts);
    curve = List.copyOf(curve);
  }

  /** 1 − utilization: what is left; below 0 when more is asked than the host carries. */
  public OptionalDouble headroom() {
    return utilization.isPresent()
        ? OptionalDouble.of(1 - utilization.getAsDouble())
        : OptionalDouble.empty();
  }

  /** The same with its rate in the full mix. */
  FunctionTraffic inMix(double perSecond) {
    return new FunctionTraffic(
        function,
        safeConcurrency,
        safeThroughput,
        latencyAtSafeNanos,
        costHostSeconds,
        OptionalDouble.of(perSecond),
        bottleneck,
        demand,
        forecasts,
        utilization,
        refusal,
        curve,
        fit);
  }
}
