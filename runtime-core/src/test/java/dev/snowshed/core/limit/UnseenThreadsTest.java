package dev.snowshed.core.limit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.limit.ConcurrencyLimit.Completion;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A function under overload that waits four times and has a thread that no run queue shows compute
 * for it after each, as an HTTP client does, on a machine whose pace changes every second or so. A
 * run is cut at its deadline; what it has asked of that thread is done all the same, and as its
 * connections are lost, others cost more.
 */
class UnseenThreadsTest {
  private static final double MILLI = 1e6;
  private static final int STAGES = 4;
  private static final double WAIT = 25 * MILLI;
  private static final double COMPUTE = 0.55 * MILLI;
  private static final double SECONDS = 60;
  private static final double DEADLINE = 500 * MILLI;

  /** That is what is left of it after a wait in front of the function. */
  private static final double GOOD = 375 * MILLI;

  private static final double TICK = 5 * MILLI;

  private static final class Run {
    final double startNanos;
    final int inflightAtStart;
    double nextNanos;
    int stage;

    Run(double startNanos, int inflightAtStart) {
      this.startNanos = startNanos;
      this.inflightAtStart = inflightAtStart;
    }
  }

  /** What came of a minute. */
  private record Outcome(double good, double meanRunNanos) {}

  private static Outcome play(
      int initial, double spread, double lostCost, boolean told, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    ProcessorWatch watch = new ProcessorWatch(Tuning.DEFAULTS);
    ConcurrencyLimit limit = new ConcurrencyLimit(initial, 10_000, Tuning.DEFAULTS);
    PriorityQueue<Run> runs = new PriorityQueue<>(Comparator.comparingDouble(run -> run.nextNanos));
    double now = 1e9;
    double end = now + SECONDS * 1e9;
    double tick = now;
    double paceChanges = now;
    double pace = 1;
    double freeAt = now;
    double used = 0;
    long good = 0;
    long ended = 0;
    double inside = 0;
    double cut = 0;
    while (now < end) {
      while (runs.size() < limit.limit()) {
        Run run = new Run(now, runs.size() + 1);
        run.nextNanos = now + wait(random);
        runs.add(run);
      }
      Run run = runs.remove();
      for (; tick <= run.nextNanos; tick += TICK) {
        watch.observe(0, 1, (long) tick);
        double soFar = told ? used - Math.max(0, freeAt - tick) : Double.NaN;
        watch.look(() -> soFar, 1, (long) tick);
        if (paceChanges <= tick) {
          pace = Math.exp((2 * random.nextDouble() - 1) * spread);
          paceChanges += 1e9 * (0.3 + 2 * random.nextDouble());
        }
      }
      now = run.nextNanos;
      if (run.stage < STAGES) {
        double computes =
            COMPUTE * pace * (1 + lostCost * cut) * (0.5 + 0.5 * random.nextExponential());
        freeAt = Math.max(now, freeAt) + computes;
        used += computes;
        run.stage++;
        run.nextNanos = freeAt + (run.stage < STAGES ? wait(random) : 0);
        if (run.nextNanos > run.startNanos + DEADLINE) {
          run.nextNanos = Math.max(now, run.startNanos + DEADLINE);
          run.stage = STAGES;
        }
        runs.add(run);
      } else {
        double took = now - run.startNanos;
        boolean done = took < DEADLINE;
        cut += ((done ? 0 : 1) - cut) / 50;
        good += took < GOOD ? 1 : 0;
        ended++;
        inside += took;
        limit.completed(
            new Completion(took, runs.size() + 1, run.inflightAtStart, 0, true, done),
            watch,
            (long) now);
      }
    }
    return new Outcome(good / SECONDS, inside / ended);
  }

  private static double wait(RandomGenerator random) {
    return WAIT * (0.7 + 0.6 * random.nextDouble());
  }

  private static Outcome mean(int initial, double spread, double lostCost, boolean told) {
    int seeds = 6;
    double good = 0;
    double run = 0;
    for (long seed = 0; seed < seeds; seed++) {
      Outcome outcome = play(initial, spread, lostCost, told, seed);
      good += outcome.good / seeds;
      run += outcome.meanRunNanos / seeds;
    }
    return new Outcome(good, run);
  }

  @ParameterizedTest
  @CsvSource({
    // a steady pace: at least as good
    "20, 0.0, 0, 0.99, 1.05",
    "200, 0.0, 0, 0.99, 1.05",
    // up to 1.8 times as slow or as fast: as much, and sooner done
    "20, 0.6, 0, 1.00, 0.90",
    "32, 0.6, 0, 1.00, 0.90",
    // it does not go below where it began without a comparison
    "200, 0.6, 0, 0.98, 1.00",
    // where runs are cut that cost the more: it does not come back to where most are
    "400, 0.0, 2, 3.00, 0.60",
    "400, 0.6, 2, 1.50, 0.90",
    "1000, 0.3, 1, 1.50, 0.90",
  })
  void isBetterOffIfItIsToldThatTheProcessorsAreFull(
      int initial, double spread, double lostCost, double leastGood, double mostRun) {
    Outcome told = mean(initial, spread, lostCost, true);
    Outcome untold = mean(initial, spread, lostCost, false);
    assertTrue(told.good >= leastGood * untold.good, () -> told + " instead of " + untold);
    assertTrue(
        told.meanRunNanos <= mostRun * untold.meanRunNanos, () -> told + " instead of " + untold);
  }
}
