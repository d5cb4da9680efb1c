package dev.snowshed.runtime.dependency;

/** Carries an exception of a call past the guard that says nothing of the dependency. */
final class NotTheirs extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotTheirs(Throwable cause) {
    super(null, cause, false, false);
  }
}
