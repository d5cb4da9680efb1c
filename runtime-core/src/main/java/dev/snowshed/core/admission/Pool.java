package dev.snowshed.core.admission;

/** Which threads a function's requests wait for when they have been let in. */
public enum Pool {
  /** Those that share the processors as they come: event loops and virtual threads. */
  SHARED,
  /**
   * A fixed number of threads that each run one request to its end: who waits for one of them keeps
   * no processor from the others.
   */
  PLATFORM
}
