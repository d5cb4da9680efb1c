package dev.snowshed.simulation.scaling;

/**
 * Knative's target of requests per second, kept in step with what hosts carry: what comes to the
 * gateway by how many hosts that fills, times the headroom. Prometheus' rules say it, and every
 * second somebody writes it into the revision's annotation.
 */
final class MeasuredTarget implements KnativeAutoscaler.Target {
  private final LoadInHosts load;
  private final double headroom;
  private double carries;
  private double written;

  /**
   * A target.
   *
   * @param planned requests per second that a host is taken to carry until it is known
   */
  MeasuredTarget(LoadInHosts load, double headroom, double planned) {
    this.carries = planned;
    this.written = planned;
    this.load = load;
    this.headroom = headroom;
  }

  /** What the scrape of a second ago has come to is written now. */
  @Override
  public void scraped(Scrape scrape) {
    double now = load.carries();
    carries = Double.isNaN(now) ? carries : now;
    written = carries / load.hedge();
    load.scraped(scrape);
  }

  @Override
  public double value(long nowNanos) {
    return written * headroom;
  }
}
