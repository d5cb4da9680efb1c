package dev.snowshed.simulation.scaling;

/** Decides how many replicas there should be. Not safe for concurrent use. */
interface Autoscaler {
  /** How often metrics are collected for it. */
  long scrapeNanos();

  /** How often rules are evaluated through which it sees them; 0 if it sees them at once. */
  default long rulesNanos() {
    return 0;
  }

  /** How often it decides. */
  long syncNanos();

  /** New metrics are there. */
  void scraped(Scrape scrape);

  /**
   * Decides.
   *
   * @param current how many replicas are asked for now
   * @return how many there should be, within the bounds of the service
   */
  int replicas(int current, long nowNanos);

  /** Makes the autoscaler of one run. */
  @FunctionalInterface
  interface Factory {
    /**
     * Makes one.
     *
     * @param bounds of the number of replicas
     * @param test what a load test of one instance has shown before the run
     */
    Autoscaler create(Bounds bounds, LoadTest test);
  }

  /**
   * Bounds of the number of replicas.
   *
   * @param least 1 or more
   * @param most not below that
   */
  record Bounds(int least, int most) {
    int clamp(int replicas) {
      return Math.clamp(replicas, least, most);
    }
  }
}
