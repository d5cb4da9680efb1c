package dev.snowshed.runtime.dependency;

/** Whether calls of a dependency get through its circuit breaker. */
public enum Breaker {
  /** They do. */
  CLOSED,
  /** They are refused. */
  OPEN,
  /** One does, to see whether the dependency has recovered. */
  HALF_OPEN;

  /** In lower case, with a hyphen. */
  public String label() {
    return switch (this) {
      case CLOSED -> "closed";
      case OPEN -> "open";
      case HALF_OPEN -> "half-open";
    };
  }
}
