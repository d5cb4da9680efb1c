package dev.snowshed.core.dependency;

/** What a function's author says of a dependency. */
public enum Declared {
  /** The function fails without it. */
  STRONG,
  /** The function does without it. */
  WEAK,
  /** Nothing is said. */
  UNDECLARED
}
