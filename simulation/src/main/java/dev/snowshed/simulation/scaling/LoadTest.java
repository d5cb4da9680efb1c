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
 * What a team finds out about one instance before anything happens to it, and sets its targets by:
 * it loads it with one and a half times what it can do, and then with 70 % of what came out.
 *
 * @param throughput answers in time under overload, in requests per second
 * @param concurrency requests that run at once under overload
 * @param usualConcurrency requests that run at once at {@link #USUAL_LOAD} of the throughput
 * @param cores that an instance has
 */
record LoadTest(double throughput, double concurrency, double usualConcurrency, int cores) {
  /** Knative's {@code container-concurrency-target-percentage}. */
  private static final double USUAL_LOAD = 0.7;

  private static final long SECOND = 1_000_000_000;
  private static final long FROM = 30 * SECOND;
  private static final long END = 150 * SECOND;
  private static final double OVERLOAD = 1.5;

  static LoadTest of(Scenario host) {
    double computes = host.cores() * 1e9 / host.functions().getFirst().cpu().at(0).mean();
    Counter full = run(host, OVERLOAD * computes);
    Counter usual = run(host, USUAL_LOAD * full.throughput());
    return new LoadTest(full.throughput(), full.concurrency(), usual.concurrency(), host.cores());
  }

  private static Counter run(Scenario host, double perSecond) {
    FunctionLoad load = host.functions().getFirst();
    FunctionLoad constant =
        new FunctionLoad(
            load.name(),
            load.deadlineNanos(),
            Schedule.always(perSecond),
            Schedule.always(load.downstream().at(0)),
            Schedule.always(load.cpu().at(0)),
            load.pool(),
            load.instrumented(),
            true,
            load.client());
    Scenario test =
        new Scenario(
            "load-test",
            "An instance under constant load",
            END,
            FROM,
            END,
            host.cores(),
            Schedule.always(new CostFactor(1, 1, 0, 0)),
            List.of(),
            List.of(constant));
    Counter counter = new Counter();
    new Simulation(test, SnowshedGate.with(AdmissionSettings.DEFAULTS), 0, counter).run();
    return counter;
  }

  /** Counts in the second part of a test. */
  private static final class Counter implements Observer {
    private long useful;
    private double inflight;
    private int samples;

    double throughput() {
      return useful * 1e9 / (END - FROM);
    }

    double concurrency() {
      return inflight / samples;
    }

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
