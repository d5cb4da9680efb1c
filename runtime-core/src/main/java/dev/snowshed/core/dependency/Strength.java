package dev.snowshed.core.dependency;

/** What a dependency was found to be. */
public enum Strength {
  /** The function fails without it. */
  STRONG,
  /** The function does without it, and in time. */
  WEAK,
  /** Not known, or neither of them. */
  UNKNOWN
}
