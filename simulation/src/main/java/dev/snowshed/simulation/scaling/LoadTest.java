package dev.snowshed.simulation.scaling;

import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.simulation.engine.Job;
import dev.snowshed.simulation.engine.Observer;
import dev.snowshed.simulation.engine.Simulation;
import dev.snowshed.simulation.gate.SnowshedGate;
import dev.snowshed.simulation.scenario.CostFactor;
import dev.snowshed.simulation.scenario.FunctionLoad;
import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.scenario.Schedule;
import java.util.List;

/**
 * What a team finds out when it loads one instance with one and a half times what it can do, before
 * anything happens to it: what its targets are set by.
 *
 * @param throughput answers in time, in requests per second
 * @param concurrency requests that run at once
 * @param cores that an instance has
 */
record LoadTest(double throughput, double concurrency, int cores) {
  private static final long SECOND = 1_000_000_000;
  private static final long FROM = 30 * SECOND;
  private static final long END = 150 * SECOND;
  private static final double OVERLOAD = 1.5;

  static LoadTest of(Scenario host) {
    FunctionLoad load = host.functions().getFirst();
    double rate = OVERLOAD * host.cores() * 1e9 / load.cpu().at(0).mean();
    FunctionLoad overload =
        new FunctionLoad(
            load.name(),
            load.deadlineNanos(),
            Schedule.always(rate),
            Schedule.always(load.downstream().at(0)),
            Schedule.always(load.cpu().at(0)),
            load.pool(),
            load.instrumented(),
            true,
            load.client());
    Scenario test =
        new Scenario(
            "load-test",
            "An instance under overload",
            END,
            FROM,
            END,
            host.cores(),
            Schedule.always(new CostFactor(1, 1, 0, 0)),
            List.of(),
            List.of(overload));
    Counter counter = new Counter();
    new Simulation(test, SnowshedGate.with(AdmissionSettings.DEFAULTS), 0, counter).run();
    return new LoadTest(
        counter.useful * 1e9 / (END - FROM), counter.inflight / counter.samples, host.cores());
  }

  /** Counts in the second part of the test. */
  private static final class Counter implements Observer {
    private long useful;
    private double inflight;
    private int samples;

    @Override
    public void completed(Job job, long nowNanos, boolean inTime) {
      useful += inTime && nowNanos >= FROM ? 1 : 0;
    }

    @Override
    public void sampled(long nowNanos, int now, int limit) {
      if (nowNanos >= FROM) {
        inflight += now;
        samples++;
      }
    }
  }
}
