package dev.snowshed.simulation.score;

import dev.snowshed.simulation.engine.Job;
import dev.snowshed.simulation.engine.Observer;
import dev.snowshed.simulation.scenario.FunctionLoad;
import java.util.ArrayList;
import java.util.List;

/** Counts what happens in one run. Not safe for concurrent use. */
final class Tally implements Observer {
  private final Frame frame;
  private final OfFunction[] functions;
  private final int[] goodByBin;
  private final int[] attemptsByBin;
  private final int[] callsByBin;
  private long calmAttempts;
  private long calmRejections;

  Tally(Frame frame) {
    this.frame = frame;
    this.functions =
        frame.scenario().functions().stream().map(OfFunction::new).toArray(OfFunction[]::new);
    this.goodByBin = new int[frame.bins()];
    this.attemptsByBin = new int[frame.bins()];
    this.callsByBin = new int[frame.bins()];
  }

  private static final class OfFunction {
    final boolean scored;
    final boolean retried;
    final Histogram latencies = new Histogram();
    final Histogram unloaded = new Histogram();
    long good;
    long calls;
    long attempts;
    long rejections;

    OfFunction(FunctionLoad function) {
      scored = function.scored();
      retried = function.client().isPresent() && function.client().get().retries() > 0;
    }
  }

  @Override
  public void arrived(Job job, long nowNanos, double unloadedNanos) {
    OfFunction function = functions[job.function()];
    int call = job.attempt() == 0 ? 1 : 0;
    if (function.retried) {
      attemptsByBin[bin(nowNanos)]++;
      callsByBin[bin(nowNanos)] += call;
    }
    if (function.scored && frame.isCalm(nowNanos)) {
      calmAttempts++;
    }
    if (frame.isScored(nowNanos)) {
      function.attempts++;
      function.calls += call;
      function.unloaded.add(unloadedNanos);
    }
  }

  @Override
  public void rejected(Job job, long nowNanos) {
    OfFunction function = functions[job.function()];
    if (function.scored && frame.isCalm(job.arrivedNanos())) {
      calmRejections++;
    }
    if (frame.isScored(job.arrivedNanos())) {
      function.rejections++;
    }
  }

  @Override
  public void completed(Job job, long nowNanos, boolean useful) {
    OfFunction function = functions[job.function()];
    if (useful && function.scored) {
      goodByBin[bin(nowNanos)]++;
    }
    if (frame.isScored(nowNanos)) {
      function.latencies.add((double) (nowNanos - job.arrivedNanos()));
      function.good += useful ? 1 : 0;
    }
  }

  /** What happens at the very end belongs to the last bin. */
  private int bin(long nanos) {
    return (int) Math.min(nanos / Frame.BIN_NANOS, goodByBin.length - 1);
  }

  Outcome outcome() {
    List<Outcome.OfFunction> outcomes = new ArrayList<>();
    for (OfFunction function : functions) {
      outcomes.add(
          new Outcome.OfFunction(
              function.scored,
              function.good,
              function.calls,
              function.attempts,
              function.rejections,
              function.latencies.quantile(0.5),
              function.latencies.quantile(0.99),
              function.unloaded.quantile(0.99)));
    }
    return new Outcome(
        outcomes, goodByBin, attemptsByBin, callsByBin, calmAttempts, calmRejections);
  }
}
