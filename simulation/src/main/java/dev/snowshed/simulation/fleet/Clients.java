package dev.snowshed.simulation.fleet;

import dev.snowshed.simulation.scenario.Distribution;

/**
 * How those who call the fleet behave.
 *
 * @param timeoutNanos after which they give an attempt up; the host does not hear of it
 * @param retryingShare which part of them tries again at all, 0 to 1
 * @param retries how often those do, at most
 * @param backoff how long they wait before it
 * @param budgetShare retries for each request, over all of them; infinite for no limit
 */
public record Clients(
    long timeoutNanos,
    double retryingShare,
    int retries,
    Distribution backoff,
    double budgetShare) {
  private static final long SECOND = 1_000_000_000;

  /** One retry, within a budget of 20 % of the requests. */
  public static final Clients CAREFUL =
      new Clients(SECOND, 1, 1, new Distribution.Uniform(50e6, 150e6), 0.2);

  /** Three retries, whatever happens. */
  public static final Clients STORMY =
      new Clients(SECOND, 1, 3, new Distribution.Uniform(50e6, 150e6), Double.POSITIVE_INFINITY);
}
