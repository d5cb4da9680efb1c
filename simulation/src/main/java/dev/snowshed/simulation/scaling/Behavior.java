package dev.snowshed.simulation.scaling;

/**
 * What a horizontal pod autoscaler may do at once: the stanza {@code behavior}. Immutable.
 *
 * @param downSeconds the highest recommendation of so many seconds counts on the way down
 * @param morePods so many more in 15 s are allowed
 * @param moreTimes or up to so many times as many, whichever is more
 */
record Behavior(int downSeconds, int morePods, int moreTimes) {
  /** Kubernetes' defaults. */
  static final Behavior DEFAULT = new Behavior(300, 4, 2);
}
