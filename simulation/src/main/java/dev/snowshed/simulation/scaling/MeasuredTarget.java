package dev.snowshed.simulation.scaling;

/**
 * Knative's target of requests per second, kept in step with what hosts carry: what comes to the
 * gateway by how many hosts that fills, times the headroom. Prometheus' rules say it, and every 5 s
 * somebody writes it into the revision's annotation.
 */
final class MeasuredTarget implements KnativeAutoscaler.Target {
  private static final long SECOND = 1_000_000_000;
  private static final long WRITE_NANOS = 5 * SECOND;

  private final LoadInHosts load;
  private final double headroom;
  private long scrapedNanos = -MeasuredCapacity.SCRAPE_NANOS;
  private long writtenNanos;
  private double written;

  /**
   * A target.
   *
   * @param planned requests per second that a host is taken to carry until it is known
   */
  MeasuredTarget(LoadInHosts load, double headroom, double planned) {
    this.written = planned;
    this.load = load;
    this.headroom = headroom;
  }

  @Override
  public void scraped(Scrape scrape) {
    if (scrape.atNanos() - scrapedNanos >= MeasuredCapacity.SCRAPE_NANOS) {
      scrapedNanos = scrape.atNanos();
      load.scraped(scrape);
    }
  }

  @Override
  public double value(long nowNanos) {
    if (nowNanos - writtenNanos >= WRITE_NANOS) {
      writtenNanos = nowNanos;
      double now = load.target();
      written = Double.isNaN(now) ? written : now;
    }
    return written * headroom;
  }
}
