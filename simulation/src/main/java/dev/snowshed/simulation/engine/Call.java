package dev.snowshed.simulation.engine;

/** One request of a client, over all its attempts. Its costs are the same in each. */
public final class Call {
  final int function;
  final double waitNanos;
  final double holdNanos;
  final double cpuNanos;
  int attempts;
  private boolean done;

  Call(int function, double waitNanos, double holdNanos, double cpuNanos) {
    this.function = function;
    this.waitNanos = waitNanos;
    this.holdNanos = holdNanos;
    this.cpuNanos = cpuNanos;
  }

  /** The index of its function in the scenario. */
  public int function() {
    return function;
  }

  /** How long its wait for a downstream takes while that is well, in nanoseconds. */
  public double waitNanos() {
    return waitNanos;
  }

  /** Whether its client has an answer. */
  public boolean isDone() {
    return done;
  }

  /** Its client has an answer. */
  public void answered() {
    done = true;
  }
}
