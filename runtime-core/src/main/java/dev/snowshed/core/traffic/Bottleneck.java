package dev.snowshed.core.traffic;

/** What runs out first when a function gets more requests. */
public enum Bottleneck {
  /** The host's processors, which all its functions share. More hosts help. */
  PROCESSORS,
  /** A dependency that the function is known to wait for. More hosts need not help. */
  DEPENDENCY,
  /** Something inside the function that cannot be seen, such as a pool or a lock. */
  HIDDEN,
  /** Not known. */
  UNKNOWN
}
