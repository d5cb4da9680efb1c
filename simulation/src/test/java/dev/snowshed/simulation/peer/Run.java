package dev.snowshed.simulation.peer;

import dev.snowshed.simulation.engine.GateFactory;
import dev.snowshed.simulation.engine.Job;
import dev.snowshed.simulation.engine.Observer;
import dev.snowshed.simulation.engine.Simulation;
import dev.snowshed.simulation.scenario.CostFactor;
import dev.snowshed.simulation.scenario.Distribution;
import dev.snowshed.simulation.scenario.FunctionLoad;
import dev.snowshed.simulation.scenario.Pool;
import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.scenario.Schedule;
import java.util.List;
import java.util.Optional;

/** What one run showed in its scored part, which is its second half. */
final class Run implements Observer {
  private static final long SECOND = 1_000_000_000;
  private static final double MILLI = 1_000_000;
  private static final long SEED = 20_26;

  private final Scenario scenario;
  private long arrivals;
  private long rejections;
  private long useful;
  private long inflightSum;
  private long samples;

  private Run(Scenario scenario) {
    this.scenario = scenario;
  }

  static Run of(Scenario scenario, GateFactory gate) {
    Run run = new Run(scenario);
    new Simulation(scenario, gate, SEED, run).run();
    return run;
  }

  /** Four cores, 10 ms a request, 200 ms of deadline: 400 per second at most. */
  static Scenario cpu(double rps) {
    return cpu(rps, rps);
  }

  /** The same with another rate in the first half. */
  static Scenario cpu(double firstRps, double rps) {
    return scenario(4, steps(firstRps, rps), 200 * MILLI, 10 * MILLI, Optional.empty());
  }

  /** One core, 20 ms a request, 200 ms of deadline: 50 per second at most. */
  static Scenario oneCore(double firstRps, double rps) {
    return scenario(1, steps(firstRps, rps), 200 * MILLI, 20 * MILLI, Optional.empty());
  }

  /** A pool of 20 for 40 ms, 400 ms of deadline, and an idle CPU: 500 per second at most. */
  static Scenario pool(double rps) {
    Pool pool = new Pool(20, new Distribution.Exponential(40 * MILLI));
    return scenario(4, steps(rps, rps), 400 * MILLI, MILLI, Optional.of(pool));
  }

  private static Schedule<Double> steps(double firstRps, double rps) {
    return new Schedule<>(
        List.of(new Schedule.Step<>(0, firstRps), new Schedule.Step<>(20 * SECOND, rps)), 0);
  }

  private static Scenario scenario(
      int cores,
      Schedule<Double> arrivals,
      double deadlineNanos,
      double cpuNanos,
      Optional<Pool> pool) {
    FunctionLoad load =
        new FunctionLoad(
            "f",
            (long) deadlineNanos,
            arrivals,
            Schedule.always(Distribution.ZERO),
            Schedule.always(new Distribution.Exponential(cpuNanos)),
            pool,
            false,
            true,
            Optional.empty());
    return new Scenario(
        "test",
        "test",
        40 * SECOND,
        20 * SECOND,
        40 * SECOND,
        cores,
        Schedule.always(new CostFactor(1, 1, 0, 0)),
        List.of(),
        List.of(load));
  }

  @Override
  public void arrived(Job job, long nowNanos, double unloadedNanos) {
    arrivals += scored(nowNanos);
  }

  @Override
  public void rejected(Job job, long nowNanos) {
    rejections += scored(nowNanos);
  }

  @Override
  public void completed(Job job, long nowNanos, boolean inTime) {
    useful += inTime ? scored(nowNanos) : 0;
  }

  @Override
  public void sampled(long nowNanos, int inflight, int limit) {
    samples += scored(nowNanos);
    inflightSum += inflight * scored(nowNanos);
  }

  private long scored(long nowNanos) {
    return nowNanos >= scenario.scoreFromNanos() ? 1 : 0;
  }

  /** In time, per second. */
  double goodput() {
    return useful / 20.0;
  }

  /** Share of arrivals. */
  double rejected() {
    return (double) rejections / arrivals;
  }

  /** The mean. */
  double inflight() {
    return (double) inflightSum / samples;
  }

  @Override
  public String toString() {
    return "goodput %.1f/s, rejected %.4f, inflight %.1f"
        .formatted(goodput(), rejected(), inflight());
  }
}
