package dev.snowshed.simulation.engine;

/** Makes jobs without a simulated host. */
public final class Jobs {
  private Jobs() {}

  /**
   * A job.
   *
   * @param function its index
   * @param attempt 0 for the first
   * @param arrivedNanos when
   */
  public static Job job(int function, int attempt, long arrivedNanos) {
    return new Job(
        new Job.Call(function, arrivedNanos, 0, 0, 0), attempt, arrivedNanos, Long.MAX_VALUE);
  }
}
