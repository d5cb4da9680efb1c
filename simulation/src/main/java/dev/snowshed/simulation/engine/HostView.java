package dev.snowshed.simulation.engine;

/** What a gate sees of its host, and what it can do with what it queued. */
public interface HostView {

  /** How many tasks wait for a core, as the JDK shows it for virtual threads. */
  int runQueueLength();

  /** How many cores there are, as the JVM says. */
  int cores();

  /** How many jobs were let in and have not ended. */
  int inflight();

  /** How busy the cores have been since the start of the run, in core-nanoseconds. */
  long busyNanos(long nowNanos);

  /** Lets a queued job in. */
  void admit(Job job);

  /** Refuses a queued job. */
  void reject(Job job);
}
