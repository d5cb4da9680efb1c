package dev.snowshed.simulation.score;

import dev.snowshed.simulation.engine.Job;
import dev.snowshed.simulation.engine.Jobs;
import dev.snowshed.simulation.scenario.ScenarioReader;

/** Tells a tally what happened, in milliseconds. */
final class Runner {
  private static final long MILLI = 1_000_000;

  final Frame frame;
  private final Tally tally;

  Runner(Frame frame) {
    this.frame = frame;
    this.tally = new Tally(frame);
  }

  static Frame frame(String scenario) {
    return new Frame(new ScenarioReader().read("test.yaml", scenario));
  }

  /** A request that completes. */
  Runner good(int function, long arrivedMillis, long latencyMillis) {
    return completed(function, 0, arrivedMillis, latencyMillis, true);
  }

  Runner completed(
      int function, int attempt, long arrivedMillis, long latencyMillis, boolean useful) {
    Job job = Jobs.job(function, attempt, arrivedMillis * MILLI);
    tally.arrived(job, arrivedMillis * MILLI, 10 * MILLI);
    tally.completed(job, (arrivedMillis + latencyMillis) * MILLI, useful);
    return this;
  }

  Runner rejected(int function, int attempt, long arrivedMillis, long rejectedMillis) {
    Job job = Jobs.job(function, attempt, arrivedMillis * MILLI);
    tally.arrived(job, arrivedMillis * MILLI, 10 * MILLI);
    tally.rejected(job, rejectedMillis * MILLI);
    return this;
  }

  /** So many good ones in each bin of half a second. */
  Runner steady(long fromMillis, long untilMillis, int each) {
    for (long bin = fromMillis; bin < untilMillis; bin += 500) {
      for (int i = 0; i < each; i++) {
        good(0, bin, 10);
      }
    }
    return this;
  }

  Outcome outcome() {
    return tally.outcome();
  }
}
