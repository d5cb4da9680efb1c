package dev.snowshed.function;

import java.util.Objects;

/**
 * A call of a dependency was refused or cut by the host. What the dependency itself threw is not
 * wrapped in this.
 */
public class DependencyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why a call was refused or cut. */
  public enum Kind {
    /** It took longer than the dependency's timeout. */
    TIMEOUT,
    /** The function's own deadline has passed. */
    DEADLINE,
    /** Too many calls before it had failed: the dependency is left alone for a while. */
    BREAKER_OPEN,
    /** As many calls of the function as may be were under way already. */
    BULKHEAD_FULL,
    /** A drill let it fail, or a test. */
    DRILL
  }

  /** The dependency's name. */
  private final String dependency;

  /** Why. */
  private final Kind kind;

  /**
   * A call that was refused or cut.
   *
   * @param dependency the dependency's name
   * @param kind why
   * @param message what happened, with the setting that decided it
   */
  public DependencyException(String dependency, Kind kind, String message) {
    super(message);
    this.dependency = Objects.requireNonNull(dependency, "dependency");
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  /** The dependency's name. */
  public String dependency() {
    return dependency;
  }

  /** Why. */
  public Kind kind() {
    return kind;
  }
}
