package dev.snowshed.simulation.score;

import dev.snowshed.simulation.scenario.CostFactor;
import dev.snowshed.simulation.scenario.FunctionLoad;
import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.scenario.Schedule;

/**
 * What a scenario's schedules offer, as a share of capacity: of the cores Σ rate · mean CPU time ·
 * cost ÷ cores, of a pool rate · mean hold ÷ size; the scarcest counts. Retries and stalls are no
 * part of it. Between two changes of a schedule it is linear in time.
 */
final class OfferedLoad {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Scenario scenario;

  OfferedLoad(Scenario scenario) {
    this.scenario = scenario;
  }

  /** When the load is at most that share of capacity. */
  Periods atMost(double share) {
    Periods calm = new Periods();
    long end;
    for (long start = 0; start < scenario.durationNanos(); start = end) {
      end = Math.min(nextChange(start), scenario.durationNanos());
      if (ofPools(start) <= share) {
        addCores(share, calm, start, end);
      }
    }
    return calm;
  }

  private void addCores(double most, Periods calm, long start, long end) {
    CostFactor cost = scenario.cpuCost().at(start);
    double first = ofCores(start) * cost.at(start);
    double last = ofCores(start) * cost.at(end);
    double share = (most - first) / (last - first);
    long crossing = start + Math.round(share * (end - start));
    if (first <= most) {
      calm.add(start, last <= most ? end : crossing);
    } else if (last <= most) {
      calm.add(crossing, end);
    }
  }

  /** At cost factor 1. */
  private double ofCores(long nanos) {
    double load = 0;
    for (FunctionLoad function : scenario.functions()) {
      load += function.arrivals().at(nanos) * function.cpu().at(nanos).mean();
    }
    return load / NANOS_PER_SECOND / scenario.cores();
  }

  private double ofPools(long nanos) {
    double most = 0;
    for (FunctionLoad function : scenario.functions()) {
      double holding = function.pool().map(pool -> pool.hold().mean() / pool.size()).orElse(0.0);
      most = Math.max(most, function.arrivals().at(nanos) * holding / NANOS_PER_SECOND);
    }
    return most;
  }

  private long nextChange(long nanos) {
    Schedule<CostFactor> costs = scenario.cpuCost();
    long next = costs.nextChange(nanos);
    long rampEnd = costs.at(nanos).untilNanos();
    if (rampEnd > nanos) {
      next = Math.min(next, rampEnd);
    }
    for (FunctionLoad function : scenario.functions()) {
      next = Math.min(next, function.arrivals().nextChange(nanos));
      next = Math.min(next, function.cpu().nextChange(nanos));
    }
    return next;
  }
}
