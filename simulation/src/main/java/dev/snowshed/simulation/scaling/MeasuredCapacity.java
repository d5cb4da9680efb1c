package dev.snowshed.simulation.scaling;

/**
 * Ours, as an external metric with a target of 1: what Prometheus' rules say is wanted. Where they
 * say nothing the number of replicas stays.
 */
final class MeasuredCapacity implements Recommender {
  private static final long SCRAPE_NANOS = 1_000_000_000L;

  private final LoadInHosts load;

  MeasuredCapacity(LoadInHosts load) {
    this.load = load;
  }

  @Override
  public long scrapeNanos() {
    return SCRAPE_NANOS;
  }

  @Override
  public long rulesNanos() {
    return SCRAPE_NANOS;
  }

  @Override
  public void scraped(Scrape scrape) {
    load.scraped(scrape);
  }

  @Override
  public int replicas(int current, long nowNanos) {
    double wanted = load.wanted();
    return Double.isNaN(wanted) || Recommender.isTolerable(wanted / current)
        ? current
        : (int) Math.ceil(wanted);
  }
}
