package dev.snowshed.simulation.scaling;

import dev.snowshed.simulation.score.Interval;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What an autoscaler is worth in a scenario, over several seeds. Immutable.
 *
 * @param goodput answers in time by requests, over the scored part
 * @param instanceHours that are paid for, those that start and end included
 * @param secondsBelowTarget in bins of ten seconds in which less than 98 % was answered in time
 * @param mostInstances at once, in any run
 * @param late the goodput from the third minute after the first change of the scenario on, for five
 *     minutes
 * @param runs by seed, for differences between autoscalers
 */
record ScalingScores(
    Interval goodput,
    Interval instanceHours,
    Interval secondsBelowTarget,
    int mostInstances,
    Interval late,
    List<Run> runs) {

  ScalingScores {
    runs = List.copyOf(runs);
  }

  /** What two autoscalers are compared by in one run. */
  record Run(double goodput, double instanceHours) {}

  static ScalingScores of(ScalingScenario scenario, List<ScalingOutcome> outcomes) {
    int from = scenario.changeSeconds() + 120;
    return new ScalingScores(
        interval(outcomes, ScalingOutcome::goodput),
        interval(outcomes, ScalingOutcome::instanceHours),
        interval(outcomes, ScalingOutcome::secondsBelowTarget),
        outcomes.stream().mapToInt(ScalingOutcome::mostInstances).max().orElseThrow(),
        interval(outcomes, each -> each.goodput(from, from + 300)),
        outcomes.stream().map(each -> new Run(each.goodput(), each.instanceHours())).toList());
  }

  /** What this has more of something than another, run by run: the same requests come to both. */
  Interval more(ScalingScores other, ToDoubleFunction<Run> score) {
    return Interval.of(
        IntStream.range(0, runs.size())
            .mapToDouble(
                i -> score.applyAsDouble(runs.get(i)) - score.applyAsDouble(other.runs.get(i)))
            .toArray());
  }

  private static Interval interval(
      List<ScalingOutcome> outcomes, ToDoubleFunction<ScalingOutcome> score) {
    return Interval.of(outcomes.stream().mapToDouble(score).toArray());
  }
}
