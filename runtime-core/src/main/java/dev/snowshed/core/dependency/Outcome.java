package dev.snowshed.core.dependency;

/** How a call of a dependency ended, retries done. */
public enum Outcome {
  /** It answered. */
  OK,
  /** It answered with an error, or could not be reached. */
  FAILED,
  /** It did not answer within the time that such a call has. */
  TIMED_OUT,
  /** It was not called: its breaker was open, or too many calls of it ran. */
  REFUSED,
  /** The function's own deadline passed or its caller left: that says nothing of the dependency. */
  CANCELLED
}
