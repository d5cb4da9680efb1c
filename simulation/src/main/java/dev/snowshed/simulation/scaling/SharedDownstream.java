package dev.snowshed.simulation.scaling;

import dev.snowshed.simulation.engine.Downstream;
import dev.snowshed.simulation.engine.Job;
import dev.snowshed.simulation.scenario.Schedule;
import java.util.PriorityQueue;
import java.util.function.IntSupplier;

/**
 * A dependency with a capacity of its own, which all instances share: so many calls at once, the
 * others wait in one queue. Each instance that is connected beyond those at the start makes every
 * call slower, as the connections to a database do: more instances get less out of it. A call that
 * is not done by the deadline of its request is given up, and its place is free again only if it
 * had not begun. Not safe for concurrent use.
 */
final class SharedDownstream implements Downstream {
  private final Schedule<Double> slowness;
  private final double crosstalk;
  private final int connected;
  private final IntSupplier instances;
  private final PriorityQueue<Long> freeAt = new PriorityQueue<>();

  /**
   * A dependency that is idle.
   *
   * @param load how it behaves
   * @param connected instances that do not slow it
   * @param instances how many there are now
   */
  SharedDownstream(Load load, int connected, IntSupplier instances) {
    this.slowness = load.slowness;
    this.crosstalk = load.crosstalk;
    this.connected = connected;
    this.instances = instances;
    for (int place = 0; place < load.places; place++) {
      freeAt.add(0L);
    }
  }

  /**
   * How it behaves.
   *
   * @param places calls that it works on at once
   * @param slowness how many times longer than usual each takes
   * @param crosstalk by which part of that each further instance lengthens it
   */
  record Load(int places, Schedule<Double> slowness, double crosstalk) {}

  @Override
  public Wait wait(Job job, long nowNanos) {
    long deadline = job.deadlineNanos();
    long begin = Math.max(nowNanos, freeAt.element());
    if (begin >= deadline) {
      return new Wait(Math.max(0, deadline - nowNanos), true);
    }
    long end = begin + Math.round(job.call().waitNanos() * factor(nowNanos));
    freeAt.remove();
    freeAt.add(end);
    return end > deadline
        ? new Wait((double) (deadline - nowNanos), true)
        : new Wait((double) (end - nowNanos), false);
  }

  private double factor(long nowNanos) {
    int more = Math.max(0, instances.getAsInt() - connected);
    return slowness.at(nowNanos) * (1 + crosstalk * more);
  }
}
