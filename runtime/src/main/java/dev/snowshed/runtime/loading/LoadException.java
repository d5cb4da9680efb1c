package dev.snowshed.runtime.loading;

import org.jspecify.annotations.Nullable;

/** A bundle could not be loaded. The message is written for the person who made the bundle. */
public final class LoadException extends Exception {
  private static final long serialVersionUID = 1L;

  private final LoadProblem problem;

  LoadException(LoadProblem problem, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  LoadException(LoadProblem problem, String message) {
    this(problem, message, null);
  }

  /** What went wrong. */
  public LoadProblem problem() {
    return problem;
  }
}
