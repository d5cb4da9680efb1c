package dev.snowshed.simulation.engine;

/** What functions wait for before they compute. */
@FunctionalInterface
public interface Downstream {
  /** It takes the time that was drawn for the call, and never fails. */
  Downstream WELL = (job, nowNanos) -> new Wait(job.call().waitNanos(), false);

  /** How a wait that begins now will end. */
  Wait wait(Job job, long nowNanos);

  /**
   * A wait.
   *
   * @param nanos how long it takes
   * @param fails whether the function ends there without a result
   */
  record Wait(double nanos, boolean fails) {}
}
