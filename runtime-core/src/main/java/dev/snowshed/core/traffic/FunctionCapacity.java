package dev.snowshed.core.traffic;

/**
 * What a plan needs to know of a function. Immutable.
 *
 * @param costHostSeconds share of a host that one request per second takes, above 0
 * @param safePerSecond what one host carries of it alone, above 0
 * @param safeConcurrency requests in flight there, above 0
 * @param latencySeconds mean time in flight there, above 0
 */
public record FunctionCapacity(
    double costHostSeconds, double safePerSecond, double safeConcurrency, double latencySeconds) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException unless all are numbers above 0
   */
  public FunctionCapacity {
    if (!(costHostSeconds > 0 && safePerSecond > 0 && safeConcurrency > 0 && latencySeconds > 0)) {
      throw new IllegalArgumentException(
          "cost, throughput, concurrency and latency are above 0, not %s, %s, %s, %s"
              .formatted(costHostSeconds, safePerSecond, safeConcurrency, latencySeconds));
    }
  }
}
