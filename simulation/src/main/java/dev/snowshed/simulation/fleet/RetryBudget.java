package dev.snowshed.simulation.fleet;

/**
 * Limits the retries of all clients to a share of their requests: each request earns a part of a
 * token, each retry costs one, as in Finagle and gRPC ({@code retryThrottling}). Not safe for
 * concurrent use.
 */
final class RetryBudget {
  private final double share;
  private final double most;
  private double tokens;

  /**
   * A budget that is full.
   *
   * @param share retries for each request; infinite for no limit
   * @param most tokens that can be saved up
   */
  RetryBudget(double share, double most) {
    this.share = share;
    this.most = most;
    this.tokens = most;
  }

  void requested() {
    tokens = Math.min(most, tokens + share);
  }

  /** Whether one may be sent; if so it is paid for. */
  boolean takesRetry() {
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
