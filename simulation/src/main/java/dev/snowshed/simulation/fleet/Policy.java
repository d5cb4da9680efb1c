package dev.snowshed.simulation.fleet;

import dev.snowshed.simulation.engine.GateFactory;

/**
 * How a fleet is run.
 *
 * @param name in tables and on the command line
 * @param balancing how the balancer chooses
 * @param gate what each host lets in
 * @param keeper what each host says of itself
 * @param checks how the balancer finds out who serves
 * @param reportNanos how often the balancer asks each host for a report; 0 for never
 * @param redispatches at how many other hosts the balancer tries if a connection is refused
 * @param announceNanos for how long a host that is told to stop goes on serving
 * @param drains whether it then refuses what comes, instead of closing its port
 * @param unlists whether the orchestrator takes a host off the balancer's list when it tells it to
 *     stop
 */
public record Policy(
    String name,
    Balancing balancing,
    GateFactory gate,
    Keeper.Factory keeper,
    Checks checks,
    long reportNanos,
    int redispatches,
    long announceNanos,
    boolean drains,
    boolean unlists) {

  /** The same with another balancer. */
  public Policy balanced(Balancing other) {
    return new Policy(
        name,
        other,
        gate,
        keeper,
        checks,
        reportNanos,
        redispatches,
        announceNanos,
        drains,
        unlists);
  }

  /** The same with another limit on its hosts. */
  public Policy limitedBy(GateFactory other) {
    return new Policy(
        name,
        balancing,
        other,
        keeper,
        checks,
        reportNanos,
        redispatches,
        announceNanos,
        drains,
        unlists);
  }

  Policy keptBy(Keeper.Factory other) {
    return new Policy(
        name,
        balancing,
        gate,
        other,
        checks,
        reportNanos,
        redispatches,
        announceNanos,
        drains,
        unlists);
  }
}
