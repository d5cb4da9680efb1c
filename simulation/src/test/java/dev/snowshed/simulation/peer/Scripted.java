package dev.snowshed.simulation.peer;

import dev.snowshed.simulation.engine.Gate;
import dev.snowshed.simulation.engine.Gate.Verdict;
import dev.snowshed.simulation.engine.HostView;
import dev.snowshed.simulation.engine.Job;
import dev.snowshed.simulation.engine.Jobs;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/** A host of four cores that is as busy as a test says, with a gate in front. */
final class Scripted implements HostView {
  static final long MILLI = 1_000_000;

  private final Deque<Job> running = new ArrayDeque<>();
  private final Gate gate;
  private int runQueueLength;
  private double busyNanos;
  private long nowMillis;

  Scripted(Function<HostView, Gate> gate) {
    this.gate = gate.apply(this);
  }

  long nowMillis() {
    return nowMillis;
  }

  /** Lets time pass with a share of the cores busy, and the gate tick when it wants. */
  void pass(long millis, double usage, int queue) {
    runQueueLength = queue;
    long end = nowMillis + millis;
    long tickMillis = gate.tickNanos() / MILLI;
    while (nowMillis < end) {
      nowMillis++;
      busyNanos += usage * cores() * MILLI;
      if (nowMillis % tickMillis == 0) {
        gate.tick(nowMillis * MILLI);
      }
    }
  }

  /** Whether one more comes in. */
  boolean asks() {
    Job job = Jobs.job(0, 0, nowMillis * MILLI);
    boolean admitted = gate.arrive(job, nowMillis * MILLI) == Verdict.ADMIT;
    if (admitted) {
      Jobs.admit(job, nowMillis * MILLI);
      running.add(job);
    }
    return admitted;
  }

  /** So many come in, and end after a time. */
  void serve(int count, long millis, double usage) {
    for (int i = 0; i < count; i++) {
      boolean _ = asks();
    }
    pass(millis, usage, runQueueLength);
    for (int i = 0; i < count; i++) {
      gate.ended(running.removeLast(), nowMillis * MILLI, false);
    }
  }

  /** How many come in one after another, of which none ends. */
  int room() {
    int count = 0;
    while (count < 1000 && asks()) {
      count++;
    }
    return count;
  }

  @Override
  public int runQueueLength() {
    return runQueueLength;
  }

  @Override
  public int cores() {
    return 4;
  }

  @Override
  public int inflight() {
    return running.size();
  }

  @Override
  public long busyNanos(long nowNanos) {
    return (long) busyNanos;
  }

  @Override
  public void admit(Job job) {
    throw new AssertionError("nobody waits");
  }

  @Override
  public void reject(Job job) {
    throw new AssertionError("nobody waits");
  }
}
