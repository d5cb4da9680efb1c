package dev.snowshed.simulation.scaling;

/**
 * What a metric of the horizontal pod autoscaler asks for, before stabilization and policies. Not
 * safe for concurrent use.
 */
interface Recommender {
  /** Within so much of its target the number of replicas is left as it is. */
  double TOLERANCE = 0.1;

  /** How often metrics are collected for it. */
  default long scrapeNanos() {
    return 15_000_000_000L;
  }

  /** How often rules are evaluated through which it sees them; 0 if it asks for them itself. */
  default long rulesNanos() {
    return 0;
  }

  /** New metrics are there. */
  void scraped(Scrape scrape);

  /**
   * Recommends.
   *
   * @param current how many replicas are asked for now
   * @return how many there should be; {@code current} if that is not known
   */
  int replicas(int current, long nowNanos);

  /** Whether a ratio of a metric to its target is too small to act on. */
  static boolean isTolerable(double ratio) {
    return Math.abs(1 - ratio) <= TOLERANCE;
  }
}
