package dev.snowshed.core.limit;

import dev.snowshed.core.stats.Moments;

/**
 * The runs that ended while a level of concurrency held. Not safe for concurrent use.
 *
 * <p>Runs that were cut at their deadline would have taken longer, nobody knows by how much. So
 * what counts is the time spent inside for each run that came to its end (Little's law for those
 * alone): it grows beyond all bounds where nothing gets done any more.
 */
final class Level {
  private final double most;
  private final Moments inflight = new Moments();
  private final Moments nanos = new Moments();
  private final Moments done = new Moments();
  private final Moments nanosOfDone = new Moments();

  /**
   * A level without runs.
   *
   * @param most how many runs are remembered; above 0
   */
  Level(double most) {
    this.most = most;
  }

  void add(int concurrency, double runNanos, boolean isDone) {
    inflight.keepAtMost(most);
    nanos.keepAtMost(most);
    done.keepAtMost(most);
    nanosOfDone.keepAtMost(most);
    inflight.add(concurrency);
    nanos.add(runNanos);
    done.add(isDone ? 1 : 0);
    if (isDone) {
      nanosOfDone.add(runNanos);
    }
  }

  double completions() {
    return nanos.count();
  }

  /** How many ran, on average. */
  double inflight() {
    return inflight.mean();
  }

  /** The time inside for each run that was done. */
  double runNanos() {
    return nanos.mean() / shareDone();
  }

  /** How long one ran until it was done or cut, on average. */
  double meanNanos() {
    return nanos.mean();
  }

  /** How long those ran that were done, on average. */
  double doneNanos() {
    return nanosOfDone.mean();
  }

  /** Whether most were cut. */
  boolean isLost() {
    return nanos.count() > 0 && done.mean() < 0.5;
  }

  /** Whether all were cut. */
  boolean isDead() {
    return nanos.count() > 0 && done.mean() == 0;
  }

  /** As if half a run had been done where none was. */
  private double shareDone() {
    return Math.max(done.mean(), 0.5 / nanos.count());
  }

  /**
   * The squared relative standard error of the run time. Runs that do not depend on each other have
   * that of their spread. Runs that wait in one line share what they wait for: each is as long as
   * all the service ahead of it, so that k in a row know no more than inflight + k services.
   */
  double relativeError() {
    double spread = nanos.variance() / (nanos.mean() * nanos.mean() * nanos.count());
    double cut = (1 / shareDone() - 1) / nanos.count();
    return cut + Math.max(spread, 1 / (inflight.mean() + nanos.count()));
  }
}
