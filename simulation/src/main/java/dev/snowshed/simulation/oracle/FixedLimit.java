package dev.snowshed.simulation.oracle;

import dev.snowshed.simulation.engine.Gate;
import dev.snowshed.simulation.engine.GateFactory;
import dev.snowshed.simulation.engine.Job;
import java.util.Arrays;
import java.util.List;

/** Lets so many requests of each function in at once, and refuses the others. It has no queue. */
public final class FixedLimit implements Gate {
  private final int[] limits;
  private final int[] inflight;

  private FixedLimit(int[] limits) {
    this.limits = limits;
    this.inflight = new int[limits.length];
  }

  /**
   * Gates with fixed limits.
   *
   * @param limits of each function, by its index; {@link Integer#MAX_VALUE} for none
   */
  public static GateFactory of(List<Integer> limits) {
    return (scenario, host, seed) ->
        new FixedLimit(limits.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Gates that let everything in. */
  public static GateFactory none() {
    return (scenario, host, seed) -> {
      int[] limits = new int[scenario.functions().size()];
      Arrays.fill(limits, Integer.MAX_VALUE);
      return new FixedLimit(limits);
    };
  }

  @Override
  public Verdict arrive(Job job, long nowNanos) {
    int function = job.function();
    if (inflight[function] >= limits[function]) {
      return Verdict.REJECT;
    }
    inflight[function]++;
    return Verdict.ADMIT;
  }

  @Override
  public void ended(Job job, long nowNanos, boolean dropped) {
    inflight[job.function()]--;
  }

  @Override
  public int limit() {
    long sum = 0;
    for (int limit : limits) {
      sum += limit;
    }
    return (int) Math.min(sum, Integer.MAX_VALUE);
  }
}
