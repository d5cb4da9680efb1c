package dev.snowshed.core.admission;

import java.util.ArrayList;
import java.util.List;

/**
 * Shares the processors out among the functions that wait for them: start-time fair queueing
 * (Goyal, Vin, Cheng, 1996), with what a request takes of the processors as its length.
 *
 * <p>What a run takes cannot be measured, since processor time is not counted for virtual threads,
 * and run time is not it where a function waits for other things. It is estimated from how many
 * runs of each function there are at a time: the processors are filled like vessels, all to the
 * same level, none above the number of its runs. A function below the level has a processor for all
 * of its runs, and is charged their full time. One above it must be waiting for something else,
 * nobody knows how much, and is charged no more than a request costs on average. Guarded by the
 * controller's lock.
 */
final class Shares {
  private final double memoryNanos;
  private final List<Share> all = new ArrayList<>();
  private double virtualTime;
  private long fadedAt = Long.MIN_VALUE;

  Shares(double memoryNanos) {
    this.memoryNanos = memoryNanos;
  }

  Share open() {
    Share share = new Share();
    share.begin(virtualTime);
    all.add(share);
    return share;
  }

  void close(Share share) {
    all.remove(share);
  }

  /** Requests of a function begin to wait. */
  void begin(Share share) {
    share.begin(virtualTime);
  }

  /** A request that waited is let in. */
  void charge(Share share) {
    virtualTime = Math.max(virtualTime, share.charge());
  }

  /**
   * A run has ended.
   *
   * @param runNanos how long it was, known waits left out
   * @param meanRunNanos the mean of its function's runs
   * @param processors how many there are
   */
  void ran(Share share, double runNanos, double meanRunNanos, double processors, long nowNanos) {
    fade(nowNanos);
    share.ran(Math.max(0, runNanos) / memoryNanos, meanRunNanos);
    double level = level(processors);
    share.set(share.occupancy() <= level ? 1 : level / share.occupancy(), averageCost(level));
  }

  private void fade(long nowNanos) {
    if (fadedAt == Long.MIN_VALUE) {
      fadedAt = nowNanos;
    }
    double elapsed = (double) (nowNanos - fadedAt);
    if (elapsed > 0) {
      double kept = Math.exp(-elapsed / memoryNanos);
      all.forEach(each -> each.fade(kept));
      fadedAt = nowNanos;
    }
  }

  /** The level to which the processors can be filled. */
  private double level(double processors) {
    double left = processors;
    int open = all.size();
    double level = left / open;
    for (int above = above(level); above > 0 && above < open; above = above(level)) {
      open = above;
      left = processors - below(level);
      level = left / open;
    }
    return level;
  }

  private int above(double level) {
    int count = 0;
    for (Share each : all) {
      if (each.occupancy() > level) {
        count++;
      }
    }
    return count;
  }

  private double below(double level) {
    double sum = 0;
    for (Share each : all) {
      if (each.occupancy() <= level) {
        sum += each.occupancy();
      }
    }
    return sum;
  }

  private double averageCost(double level) {
    double busy = 0;
    double rate = 0;
    for (Share each : all) {
      busy += Math.min(level, each.occupancy());
      rate += each.rate();
    }
    return rate == 0 ? 0 : busy / rate;
  }
}
