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
  /** The most that counts as calm. */
  private static final double CALM = 0.9;

  private static final double NANOS_PER_SECOND = 1e9;

  private final Scenario scenario;

  OfferedLoad(Scenario scenario) {
    this.scenario = scenario;
  }

  /** When the load is at most 90 % of capacity. */
  Periods calm() {
    Periods calm = new Periods();
    long end;
    for (long start = 0; start < scenario.durationNanos(); start = end) {
      end = Math.min(nextChange(start), scenario.durationNanos());
      if (ofPools(start) <= CALM) {
        addCalm(calm, start, end);
      }
    }
    return calm;
  }

  private void addCalm(Periods calm, long start, long end) {
    CostFactor cost = scenario.cpuCost().at(start);
    double first = ofCores(start) * cost.at(start);
    double last = ofCores(start) * cost.at(end);
    double share = (CALM - first) / (last - first);
    long crossing = start + Math.round(share * (end - start));
    if (first <= CALM) {
      calm.add(start, last <= CALM ? end : crossing);
    } else if (last <= CALM) {
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
