package dev.snowshed.benchmarks.http;

/** Ends the benchmark: its message is for the person who started it. */
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, what is allowed, how to mend it
   */
  public BenchException(String message) {
    super(message);
  }
}
