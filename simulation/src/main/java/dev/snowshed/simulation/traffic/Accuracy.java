package dev.snowshed.simulation.traffic;

import dev.snowshed.core.traffic.FunctionTraffic;
import dev.snowshed.core.traffic.TrafficSnapshot;
import dev.snowshed.simulation.engine.Job;
import dev.snowshed.simulation.engine.Observer;
import dev.snowshed.simulation.engine.Simulation;
import dev.snowshed.simulation.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Plays scenarios, and judges each second what the model says. */
public final class Accuracy {
  private static final double SEEN_MEMORY = 0.5;

  private Accuracy() {}

  /**
   * The same scenario with its load scaled so that its peak is a share of capacity.
   *
   * @param share such as 0.65
   */
  public static Scenario atMost(Scenario scenario, double share) {
    return Truth.scaled(scenario, Math.min(1, share / Truth.peak(scenario)));
  }

  /** Plays one run. */
  public static List<Judged> play(Scenario scenario, long seed) {
    Run run = new Run(scenario);
    new Simulation(scenario, ModelledGate.with(run::second), seed, run).run();
    return run.end();
  }

  /** Plays runs with the seeds 1 to {@code seeds}; what comes out is by function. */
  public static List<Judged> playAll(Scenario scenario, int seeds) {
    List<Judged> sums = new ArrayList<>();
    scenario.functions().forEach(_ -> sums.add(new Judged()));
    for (long seed = 1; seed <= seeds; seed++) {
      List<Judged> run = play(scenario, seed);
      for (int i = 0; i < run.size(); i++) {
        sums.get(i).add(run.get(i));
      }
    }
    return sums;
  }

  /** A run under way. */
  private static final class Run implements Observer {
    private final Scenario scenario;
    private final Truth truth;
    private final List<Judged> judged = new ArrayList<>();
    private final int[] arrived;
    private final double[] highest;
    private final long[] changes;
    private double smoothed;
    private TrafficSnapshot last = new TrafficSnapshot(0, List.of(), OptionalDouble.empty());

    Run(Scenario scenario) {
      this.scenario = scenario;
      this.truth = new Truth(scenario);
      int functions = scenario.functions().size();
      this.arrived = new int[functions];
      this.highest = new double[functions];
      this.changes = new long[functions];
      scenario.functions().forEach(_ -> judged.add(new Judged()));
    }

    @Override
    public void arrived(Job job, long nowNanos, double unloadedNanos) {
      arrived[job.function()]++;
    }

    void second(TrafficSnapshot snapshot) {
      last = snapshot;
      long now = snapshot.atNanos();
      double asked = 0;
      for (int i = 0; i < arrived.length; i++) {
        asked += arrived[i] / truth.perSecond(i, now);
        arrived[i] = 0;
      }
      smoothed += SEEN_MEMORY * (asked - smoothed);
      for (int i = 0; i < arrived.length && i < snapshot.functions().size(); i++) {
        judge(i, snapshot.functions().get(i), now);
      }
    }

    private void judge(int function, FunctionTraffic said, long nowNanos) {
      long change = truth.lastChange(function, nowNanos);
      if (change > changes[function]) {
        changes[function] = change;
        highest[function] = 0;
      }
      highest[function] = Math.max(highest[function], smoothed);
      judged
          .get(function)
          .add(
              said,
              truth.perSecond(function, nowNanos),
              highest[function],
              change == 0 ? Long.MAX_VALUE : nowNanos - change);
    }

    List<Judged> end() {
      for (int i = 0; i < judged.size(); i++) {
        judged
            .get(i)
            .end(last.functions().get(i), truth.perSecond(i, scenario.durationNanos() - 1));
      }
      return judged;
    }
  }
}
