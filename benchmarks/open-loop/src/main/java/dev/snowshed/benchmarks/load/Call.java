package dev.snowshed.benchmarks.load;

import org.jspecify.annotations.Nullable;

/** A request on its way. Ends once. Not safe for concurrent use. */
final class Call {
  private final LoadRun run;
  private final long dueNanos;
  private @Nullable Connection connection;
  private boolean ended;

  /**
   * @param run whose it is
   * @param dueNanos since the run's start
   */
  Call(LoadRun run, long dueNanos) {
    this.run = run;
    this.dueNanos = dueNanos;
  }

  long dueNanos() {
    return dueNanos;
  }

  boolean ended() {
    return ended;
  }

  void sentOn(Connection used) {
    connection = used;
  }

  /**
   * Ends, unless it has.
   *
   * @param status of the answer, or what stands in its place
   */
  void end(int status) {
    if (!ended) {
      ended = true;
      run.ended(this, status);
    }
  }

  /** Stops to wait. The connection is of no use any more: its answer may still come. */
  void giveUp() {
    end(Outcome.NO_ANSWER);
    if (connection != null) {
      connection.close();
    }
  }
}
