package dev.snowshed.runtime.dependency;

/** Carries the failure of a call past the guard that must not be tried again. */
final class OnlyOnce extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OnlyOnce(Throwable cause) {
    super(null, cause, false, false);
  }
}
