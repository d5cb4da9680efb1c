package dev.snowshed.simulation.gate;

import dev.snowshed.simulation.engine.GateFactory;
import dev.snowshed.simulation.engine.Job;
import dev.snowshed.simulation.engine.Observer;
import dev.snowshed.simulation.engine.Simulation;
import dev.snowshed.simulation.scenario.Scenario;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How in-flight, limit and completions per second went in the scored part of one run. */
final class Trace implements Observer {
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final long SEED = 20_26;

  private final Scenario scenario;
  private final Map<Quantity, DoubleSummaryStatistics> statistics = new EnumMap<>(Quantity.class);
  private final int[] completions;

  /** What is followed. */
  enum Quantity {
    /** Requests in flight, every 100 ms. */
    INFLIGHT,
    /** The limit on them, every 100 ms. */
    LIMIT,
    /** Completions in each second. */
    RATE
  }

  private Trace(Scenario scenario) {
    this.scenario = scenario;
    this.completions = new int[(int) (scenario.durationNanos() / SECOND_NANOS)];
  }

  static Trace of(Scenario scenario, GateFactory gate) {
    Trace trace = new Trace(scenario);
    new Simulation(scenario, gate, SEED, trace).run();
    for (int i = (int) (scenario.scoreFromNanos() / SECOND_NANOS);
        i < trace.completions.length;
        i++) {
      trace.add(Quantity.RATE, trace.completions[i]);
    }
    return trace;
  }

  @Override
  public void completed(Job job, long nowNanos, boolean useful) {
    if (nowNanos < scenario.durationNanos()) {
      completions[(int) (nowNanos / SECOND_NANOS)]++;
    }
  }

  @Override
  public void sampled(long nowNanos, int inflight, int limit) {
    if (nowNanos >= scenario.scoreFromNanos()) {
      add(Quantity.INFLIGHT, inflight);
      add(Quantity.LIMIT, limit);
    }
  }

  private void add(Quantity quantity, double value) {
    statistics.computeIfAbsent(quantity, key -> new DoubleSummaryStatistics()).accept(value);
  }

  DoubleSummaryStatistics of(Quantity quantity) {
    return statistics.getOrDefault(quantity, new DoubleSummaryStatistics());
  }

  @Override
  public String toString() {
    return statistics.entrySet().stream()
        .map(
            entry ->
                "%s %.4g (%.4g to %.4g)"
                    .formatted(
                        entry.getKey(),
                        entry.getValue().getAverage(),
                        entry.getValue().getMin(),
                        entry.getValue().getMax()))
        .collect(Collectors.joining(", "));
  }
}
