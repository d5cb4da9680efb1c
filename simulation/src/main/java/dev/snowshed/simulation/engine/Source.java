package dev.snowshed.simulation.engine;

import dev.snowshed.simulation.scenario.Distribution;
import dev.snowshed.simulation.scenario.FunctionLoad;
import dev.snowshed.simulation.scenario.Pool;
import java.util.SplittableRandom;

/**
 * Where the calls of one function come from. Times, costs and backoffs have a stream of chance
 * each: what becomes of the calls changes none of the others. Not safe for concurrent use.
 */
public final class Source {
  private final int function;
  private final FunctionLoad load;
  private final SplittableRandom times;
  private final SplittableRandom costs;
  private final SplittableRandom backoffs;

  /**
   * A source.
   *
   * @param function the index of the function in its scenario
   * @param load of it
   * @param seeds where its chance comes from
   */
  public Source(int function, FunctionLoad load, SplittableRandom seeds) {
    this.function = function;
    this.load = load;
    this.times = seeds.split();
    this.costs = seeds.split();
    this.backoffs = seeds.split();
  }

  /** The first arrival after a time; {@link Long#MAX_VALUE} if there is none. */
  public long nextArrival(long afterNanos) {
    long time = afterNanos;
    while (time < Long.MAX_VALUE) {
      double rate = load.arrivals().at(time);
      long change = load.arrivals().nextChange(time);
      double gap = rate <= 0 ? Double.MAX_VALUE : -Math.log1p(-times.nextDouble()) * 1e9 / rate;
      if (gap < change - time) {
        return time + Math.max(1, Math.round(gap));
      }
      time = change;
    }
    return Long.MAX_VALUE;
  }

  /** The call that arrives now. */
  public Call draw(long nowNanos) {
    double wait = load.downstream().at(nowNanos).sample(costs);
    double hold = load.pool().map(Pool::hold).orElse(Distribution.ZERO).sample(costs);
    return new Call(function, wait, hold, load.cpu().at(nowNanos).sample(costs));
  }

  /** How long a client waits before it tries again, in nanoseconds. */
  public long backoffNanos(Distribution backoff) {
    return Math.round(backoff.sample(backoffs));
  }
}
