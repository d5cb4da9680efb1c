package dev.snowshed.simulation.traffic;

import dev.snowshed.simulation.scenario.FunctionLoad;
import dev.snowshed.simulation.scenario.Pool;
import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.scenario.Schedule;
import dev.snowshed.simulation.scenario.Stall;
import java.util.ArrayList;
import java.util.List;

/**
 * What a scenario's host really carries of each of its functions, alone: cores ÷ (mean CPU time ·
 * cost), less what stalls take, or pool size ÷ mean hold, whichever is less. Immutable.
 */
public final class Truth {
  private static final double SECOND = 1e9;

  private final Scenario scenario;
  private final double running;

  Truth(Scenario scenario) {
    this.scenario = scenario;
    double stalled = 0;
    for (Stall stall : scenario.stalls()) {
      stalled += (double) stall.forNanos() / stall.everyNanos();
    }
    this.running = 1 - stalled;
  }

  /** Requests per second at a time. */
  double perSecond(int function, long nanos) {
    FunctionLoad load = scenario.functions().get(function);
    double byCores =
        running
            * scenario.cores()
            * SECOND
            / (load.cpu().at(nanos).mean() * scenario.costAt(nanos));
    double byPool =
        load.pool()
            .map((Pool pool) -> pool.size() * SECOND / pool.hold().mean())
            .orElse(Double.POSITIVE_INFINITY);
    return Math.min(byCores, byPool);
  }

  /** When the capacity of a function, or its waits, last changed; 0 if they have not. */
  long lastChange(int function, long nanos) {
    FunctionLoad load = scenario.functions().get(function);
    long last = Math.max(before(load.cpu(), nanos), before(load.downstream(), nanos));
    last = Math.max(last, before(scenario.cpuCost(), nanos));
    long rampEnd = scenario.cpuCost().at(nanos).untilNanos();
    return Math.max(last, Math.min(nanos, rampEnd));
  }

  private static long before(Schedule<?> schedule, long nanos) {
    long last = 0;
    for (long next = schedule.nextChange(0); next <= nanos; next = schedule.nextChange(next)) {
      last = next;
    }
    return last;
  }

  /** The largest share of capacity that a scenario's schedules ever offer. */
  static double peak(Scenario scenario) {
    Truth truth = new Truth(scenario);
    double peak = 0;
    for (long at : changes(scenario)) {
      double share = 0;
      for (int i = 0; i < scenario.functions().size(); i++) {
        share += scenario.functions().get(i).arrivals().at(at) / truth.perSecond(i, at);
      }
      peak = Math.max(peak, share);
    }
    return peak;
  }

  private static List<Long> changes(Scenario scenario) {
    List<Long> changes = new ArrayList<>();
    for (long at = 0; at < scenario.durationNanos(); at = next(scenario, at)) {
      changes.add(at);
    }
    return changes;
  }

  private static long next(Scenario scenario, long nanos) {
    long next = scenario.cpuCost().nextChange(nanos);
    for (FunctionLoad function : scenario.functions()) {
      next = Math.min(next, function.arrivals().nextChange(nanos));
      next = Math.min(next, function.cpu().nextChange(nanos));
    }
    return next;
  }

  /** The same scenario with so many times the arrivals. */
  static Scenario scaled(Scenario scenario, double factor) {
    return new Scenario(
        scenario.name(),
        scenario.title(),
        scenario.durationNanos(),
        scenario.scoreFromNanos(),
        scenario.scoreUntilNanos(),
        scenario.cores(),
        scenario.cpuCost(),
        scenario.stalls(),
        scenario.functions().stream().map(function -> scaled(function, factor)).toList());
  }

  private static FunctionLoad scaled(FunctionLoad function, double factor) {
    Schedule<Double> arrivals = function.arrivals();
    return new FunctionLoad(
        function.name(),
        function.deadlineNanos(),
        new Schedule<>(
            arrivals.steps().stream()
                .map(step -> new Schedule.Step<>(step.fromNanos(), step.value() * factor))
                .toList(),
            arrivals.cycleNanos()),
        function.downstream(),
        function.cpu(),
        function.pool(),
        function.instrumented(),
        function.scored(),
        function.client());
  }
}
