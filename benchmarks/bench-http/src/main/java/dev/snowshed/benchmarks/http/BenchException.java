package dev.snowshed.benchmarks.http;

/** Ends the benchmark: its message is for the person who started it. */
final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchException(String message) {
    super(message);
  }
}
