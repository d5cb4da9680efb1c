package dev.snowshed.core.limit;

import dev.snowshed.core.limit.ConcurrencyLimit.Completion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A function that always has requests waiting, in virtual time: as many run as the limit says. Each
 * run waits for one of some servers and holds it for a time with a random spread.
 */
final class Closed {
  /** How its servers are, which may change while it runs. */
  record Servers(int count, double meanNanos, boolean areProcessors) {
    static Servers unlimited(double meanNanos) {
      return new Servers(Integer.MAX_VALUE, meanNanos, false);
    }
  }

  private record Run(long startNanos, long serviceNanos, long endNanos, int inflightAtStart) {}

  private final ConcurrencyLimit limit;
  private final ProcessorWatch watch = new ProcessorWatch(Tuning.DEFAULTS);
  private final RandomGenerator random;
  private final PriorityQueue<Run> runs =
      new PriorityQueue<>(Comparator.comparingLong(Run::endNanos));
  private final PriorityQueue<Long> freeAt = new PriorityQueue<>();
  private final List<LimitDecision> decisions = new ArrayList<>();

  private Servers servers;
  private long nowNanos = 1_000_000_000;
  private long watchedAt = nowNanos;
  private double limitTime;
  private long completions;

  Closed(ConcurrencyLimit limit, Servers servers, long seed) {
    this.limit = limit;
    this.servers = servers;
    this.random = new SplittableRandom(seed);
  }

  void become(Servers other) {
    servers = other;
    freeAt.clear();
  }

  /** Runs for some seconds; returns the mean limit meanwhile. */
  double run(double seconds) {
    long begin = nowNanos;
    long end = begin + (long) (seconds * 1e9);
    limitTime = 0;
    completions = 0;
    while (nowNanos < end) {
      fill();
      completeNext();
    }
    return limitTime / (nowNanos - begin);
  }

  /** How many completed in the last run. */
  long completions() {
    return completions;
  }

  /** Every decision, oldest first. */
  List<LimitDecision> decisions() {
    return decisions;
  }

  private void fill() {
    while (runs.size() < limit.limit()) {
      long service = (long) (servers.meanNanos() * (0.5 + 0.5 * random.nextExponential()));
      long begin = nowNanos;
      if (servers.count() != Integer.MAX_VALUE) {
        while (freeAt.size() < servers.count()) {
          freeAt.add(nowNanos);
        }
        begin = Math.max(nowNanos, freeAt.remove());
        freeAt.add(begin + service);
      }
      runs.add(new Run(nowNanos, service, begin + service, runs.size() + 1));
    }
  }

  private void completeNext() {
    Run run = runs.remove();
    while (watchedAt + 1_000_000 <= run.endNanos()) {
      watchedAt += 1_000_000;
      watch.observe(runQueue(watchedAt), 2, watchedAt);
    }
    limitTime += (double) limit.limit() * (run.endNanos() - nowNanos);
    nowNanos = run.endNanos();
    completions++;
    LimitDecision before = limit.last();
    limit.completed(
        new Completion(
            (double) (nowNanos - run.startNanos()),
            runs.size() + 1,
            run.inflightAtStart(),
            runQueue(nowNanos),
            servers.areProcessors(),
            true),
        watch,
        nowNanos);
    if (!limit.last().equals(before)) {
      decisions.add(limit.last());
    }
  }

  /** Those that have not got a processor yet. */
  private int runQueue(long atNanos) {
    if (!servers.areProcessors()) {
      return 0;
    }
    return (int) runs.stream().filter(run -> run.endNanos() - run.serviceNanos() > atNanos).count();
  }
}
