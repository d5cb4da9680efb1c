package dev.snowshed.simulation.score;

import dev.snowshed.simulation.scenario.CostFactor;
import dev.snowshed.simulation.scenario.FunctionLoad;
import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.scenario.Schedule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What the scores need of a scenario, worked out once. Immutable; safe for concurrent use. */
public final class Frame {
  /** Width of the bins in which goodput and attempts are followed over time. */
  public static final long BIN_NANOS = 500_000_000;

  /** The most that counts as calm. */
  private static final double CALM = 0.9;

  private static final long SUSTAINED_NANOS = 20_000_000_000L;

  private final Scenario scenario;
  private final Periods calm;
  private final boolean sustainedOverload;
  private final List<Long> changes;
  private final long triggerEndNanos;

  /** The frame of a scenario. */
  public Frame(Scenario scenario) {
    this.scenario = scenario;
    OfferedLoad load = new OfferedLoad(scenario);
    Periods everCalm = load.atMost(CALM);
    Periods scoredCalm = everCalm.within(scenario.scoreFromNanos(), scenario.scoreUntilNanos());
    this.calm = scoredCalm.isEmpty() ? everCalm.within(0, scenario.scoreUntilNanos()) : scoredCalm;
    this.sustainedOverload =
        load.atMost(1).longestGapNanos(scenario.scoreFromNanos(), scenario.scoreUntilNanos())
            >= SUSTAINED_NANOS;
    this.changes = changes(scenario);
    this.triggerEndNanos = triggerEnd(scenario);
  }

  /** What is played. */
  public Scenario scenario() {
    return scenario;
  }

  /** How many bins a run has; the last may be cut. */
  public int bins() {
    return (int) ((scenario.durationNanos() + BIN_NANOS - 1) / BIN_NANOS);
  }

  /** Whether completions at a time are scored. */
  boolean isScored(long nanos) {
    return nanos >= scenario.scoreFromNanos() && nanos < scenario.scoreUntilNanos();
  }

  /**
   * Whether a rejection of what arrived at a time is a false one: the schedules offer at most 90 %
   * of capacity. In the scored part; if that is never calm, before it.
   */
  boolean isCalm(long nanos) {
    return calm.contains(nanos);
  }

  /** Whether the schedules offer more than capacity for 20 s without a break in the scored part. */
  public boolean isSustainedOverload() {
    return sustainedOverload;
  }

  /**
   * When the schedules that are not repeated step, in rising order, the start of the run not among
   * them.
   */
  public List<Long> changes() {
    return changes;
  }

  /** The steps in the scored part, that at its very start among them. */
  List<Long> scoredChanges() {
    return changes.stream().filter(this::isScored).toList();
  }

  /** When costs and waits change for the last time; 0 if never. */
  long triggerEndNanos() {
    return triggerEndNanos;
  }

  /** The functions that are scored, by their index. */
  public List<Integer> scoredFunctions() {
    List<FunctionLoad> functions = scenario.functions();
    return IntStream.range(0, functions.size())
        .filter(i -> functions.get(i).scored())
        .boxed()
        .toList();
  }

  private static List<Long> changes(Scenario scenario) {
    TreeSet<Long> times = new TreeSet<>();
    addSteps(scenario.cpuCost(), times);
    for (FunctionLoad function : scenario.functions()) {
      addSteps(function.arrivals(), times);
      addSteps(function.downstream(), times);
      addSteps(function.cpu(), times);
    }
    return times.headSet(scenario.durationNanos()).stream().toList();
  }

  private static void addSteps(Schedule<?> schedule, Set<Long> times) {
    if (schedule.cycleNanos() == 0) {
      schedule.steps().stream().skip(1).forEach(step -> times.add(step.fromNanos()));
    }
  }

  private static long triggerEnd(Scenario scenario) {
    TreeSet<Long> times = new TreeSet<>();
    times.add(0L);
    addSteps(scenario.cpuCost(), times);
    for (Schedule.Step<CostFactor> step : scenario.cpuCost().steps()) {
      times.add(step.value().untilNanos());
    }
    for (FunctionLoad function : scenario.functions()) {
      addSteps(function.downstream(), times);
      addSteps(function.cpu(), times);
    }
    return times.headSet(scenario.durationNanos()).last();
  }
}
