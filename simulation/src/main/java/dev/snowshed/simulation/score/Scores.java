package dev.snowshed.simulation.score;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a limit is worth in a scenario: means over the seeds with 95 % intervals. Immutable.
 *
 * @param goodput G: useful completions of the scored functions in the scored part, by those of the
 *     oracle with the same seed
 * @param tail T: p99 latency of what was let in, by the p99 of the same function on an idle host;
 *     of the worst scored function. Latency is from the arrival of an attempt to its completion, of
 *     completions in the scored part, useful or not; the idle host's is of all attempts that
 *     arrived in it
 * @param falseSheds F: the share refused of what arrived while the schedules offered at most 90 %
 *     of capacity; in the scored part, or before it if that is never calm
 * @param recoverySeconds C: from a step until the oracle's goodput is reached again; the interval
 *     spans what comes out if one seed is left out
 * @param stormSeconds R: where clients retry, from the last change of costs and waits until
 *     attempts by new requests are at most 1.05 in each 500 ms of two seconds; to the end of the
 *     run if never
 * @param fairness J: Jain's index of useful completions by requests, where several functions are
 *     scored
 * @param excess p99 latency above that of the idle host, by the deadline; of the worst scored
 *     function
 * @param goodputPerSecond useful completions of the scored functions
 * @param p50Millis median latency of the slowest scored function
 * @param p99Millis p99 latency of the slowest scored function
 * @param functions by their index, unscored ones too
 */
public record Scores(
    Interval goodput,
    Interval tail,
    Interval falseSheds,
    Interval recoverySeconds,
    Interval stormSeconds,
    Interval fairness,
    Interval excess,
    Interval goodputPerSecond,
    Interval p50Millis,
    Interval p99Millis,
    List<OfFunction> functions) {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double STORM_IS_OVER = 1.05;
  private static final int CALM_BINS = 4;

  /**
   * One function.
   *
   * @param name in the scenario
   * @param goodputPerSecond useful completions
   * @param rejectedShare of its attempts
   * @param p99Millis latency of what was let in
   */
  public record OfFunction(
      String name, Interval goodputPerSecond, Interval rejectedShare, Interval p99Millis) {}

  /**
   * Works them out.
   *
   * @param frame of the scenario
   * @param outcomes of the limit, a run for each seed
   * @param oracle of the oracle, with the same seeds in the same order
   */
  public static Scores of(Frame frame, List<Outcome> outcomes, List<Outcome> oracle) {
    Scale scale = new Scale(frame, outcomes);
    return new Scores(
        Interval.of(
            IntStream.range(0, outcomes.size())
                .mapToDouble(
                    i -> ratio((double) outcomes.get(i).good(), (double) oracle.get(i).good()))
                .toArray()),
        scale.each(scale::tail),
        scale.each(Outcome::falseShare),
        Recovery.seconds(frame, outcomes, oracle),
        scale.each(scale::storm),
        scale.each(scale::fairness),
        scale.each(scale::excess),
        scale.each(outcome -> outcome.good() / scale.scoredSeconds()),
        scale.each(outcome -> scale.worst(i -> of(outcome, i).p50Nanos()) / NANOS_PER_MILLI),
        scale.each(outcome -> scale.worst(i -> of(outcome, i).p99Nanos()) / NANOS_PER_MILLI),
        scale.functions());
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? Double.NaN : part / whole;
  }

  private static Outcome.OfFunction of(Outcome outcome, int function) {
    return outcome.functions().get(function);
  }

  /** Reads the scores off single runs. */
  private record Scale(Frame frame, List<Outcome> outcomes) {

    Interval each(ToDoubleFunction<Outcome> score) {
      return Interval.of(outcomes.stream().mapToDouble(score).toArray());
    }

    /** The largest of the scored functions that have one; NaN if none has. */
    double worst(ToDoubleFunction<Integer> score) {
      return frame.scoredFunctions().stream()
          .mapToDouble(score)
          .filter(value -> !Double.isNaN(value))
          .max()
          .orElse(Double.NaN);
    }

    double tail(Outcome outcome) {
      return worst(i -> of(outcome, i).p99Nanos() / of(outcome, i).unloadedP99Nanos());
    }

    double excess(Outcome outcome) {
      return worst(
          i ->
              (of(outcome, i).p99Nanos() - of(outcome, i).unloadedP99Nanos())
                  / frame.scenario().functions().get(i).deadlineNanos());
    }

    double fairness(Outcome outcome) {
      double[] shares =
          outcome.functions().stream()
              .filter(function -> function.scored() && function.calls() > 0)
              .mapToDouble(function -> (double) function.good() / function.calls())
              .toArray();
      double sum = 0;
      double squares = 0;
      for (double share : shares) {
        sum += share;
        squares += share * share;
      }
      return shares.length < 2 ? Double.NaN : ratio(sum * sum, shares.length * squares);
    }

    double storm(Outcome outcome) {
      long trigger = frame.triggerEndNanos();
      boolean retries =
          frame.scoredFunctions().stream()
              .map(i -> frame.scenario().functions().get(i).client())
              .anyMatch(client -> client.isPresent() && client.get().retries() > 0);
      if (!retries || trigger == 0) {
        return Double.NaN;
      }
      int first = (int) ((trigger + Frame.BIN_NANOS - 1) / Frame.BIN_NANOS);
      int inARow = 0;
      for (int bin = first; bin < frame.bins(); bin++) {
        boolean over = outcome.attemptsInBin(bin) <= STORM_IS_OVER * outcome.callsInBin(bin);
        inARow = over ? inARow + 1 : 0;
        if (inARow == CALM_BINS) {
          return ((bin + 1 - CALM_BINS) * Frame.BIN_NANOS - trigger) / NANOS_PER_SECOND;
        }
      }
      return (frame.scenario().durationNanos() - trigger) / NANOS_PER_SECOND;
    }

    double scoredSeconds() {
      return (frame.scenario().scoreUntilNanos() - frame.scenario().scoreFromNanos())
          / NANOS_PER_SECOND;
    }

    List<OfFunction> functions() {
      List<OfFunction> functions = new ArrayList<>();
      for (int i = 0; i < frame.scenario().functions().size(); i++) {
        int function = i;
        functions.add(
            new OfFunction(
                frame.scenario().functions().get(i).name(),
                each(outcome -> of(outcome, function).good() / scoredSeconds()),
                each(outcome -> of(outcome, function).rejectedShare()),
                each(outcome -> of(outcome, function).p99Nanos() / NANOS_PER_MILLI)));
      }
      return functions;
    }
  }
}
