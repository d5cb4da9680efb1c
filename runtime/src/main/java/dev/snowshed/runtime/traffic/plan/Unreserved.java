package dev.snowshed.runtime.traffic.plan;

import dev.snowshed.core.traffic.Plan;
import dev.snowshed.core.traffic.PlanRequest;

/**
 * What becomes of a plan's instances if no more are reserved and the zone that has most of them is
 * lost.
 *
 * @param left how many are left; 0 if one zone has them all
 * @param utilization what is asked of these, as a share of what they carry; not finite if none is
 *     left
 */
record Unreserved(int left, double utilization) {
  static Unreserved of(PlanRequest request, Plan plan) {
    int left = plan.instances() - Math.ceilDiv(plan.instances(), request.zones());
    return new Unreserved(left, plan.hostUtilization() * plan.instances() / left);
  }
}
