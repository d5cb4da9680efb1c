package dev.snowshed.function;

/** How much a function needs a dependency, as its author means it to be. The host measures it. */
public enum Strength {
  /** Without it the function fails. */
  STRONG,

  /** Without it the function still succeeds, with a lesser answer, and in time. */
  WEAK,

  /** Not said. */
  UNDECLARED
}
