package dev.snowshed.simulation.fleet;

/** How a balancer chooses among the hosts that are up. */
public enum Balancing {
  /** One after the other. */
  ROUND_ROBIN,
  /** The one with the fewest attempts under way; one after the other among equals. */
  LEAST_CONNECTIONS,
  /**
   * One after the other, each as often as its reported weight says, evenly spread: the smooth
   * weighted round robin of nginx ({@code ngx_http_upstream_round_robin.c}).
   */
  WEIGHTED,
  /** The one with the fewest attempts under way for its reported weight. */
  WEIGHTED_LEAST_CONNECTIONS
}
