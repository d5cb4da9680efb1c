package dev.snowshed.simulation.engine;

/** Makes jobs without a simulated host. */
public final class Jobs {
  private static final Sender NOBODY =
      new Sender() {
        @Override
        public void refused(Job job) {}

        @Override
        public void completed(Job job) {}

        @Override
        public void failed(Job job) {}
      };

  private Jobs() {}

  /**
   * A job.
   *
   * @param function its index
   * @param attempt 0 for the first
   * @param arrivedNanos when
   */
  public static Job job(int function, int attempt, long arrivedNanos) {
    return new Job(new Call(function, 0, 0, 0), attempt, arrivedNanos, Long.MAX_VALUE, NOBODY);
  }

  /** Says that a job has been let in. */
  public static void admit(Job job, long nowNanos) {
    job.admittedNanos = nowNanos;
  }

  /**
   * A first attempt that arrives at 0.
   *
   * @param waitNanos for its downstream
   * @param deadlineNanos after this its result is worthless
   */
  public static Job waiting(double waitNanos, long deadlineNanos) {
    return new Job(new Call(0, waitNanos, 0, 0), 0, 0, deadlineNanos, NOBODY);
  }
}
