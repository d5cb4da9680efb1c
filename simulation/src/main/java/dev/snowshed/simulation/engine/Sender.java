package dev.snowshed.simulation.engine;

/** Who has sent a job to a host, and is told what became of it: one call for each job. */
public interface Sender {
  /** The gate has refused it, at once or from its queue. */
  void refused(Job job);

  /** It has been computed to its end, however late. */
  void completed(Job job);

  /** Its function ended without a result, because its downstream failed. */
  void failed(Job job);
}
