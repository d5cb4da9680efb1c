package dev.snowshed.simulation.scaling;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * An external metric with a target for its average value: requests per second at the gateway, the
 * refused ones included, {@code sum(rate(…[1m]))}, as KEDA's Prometheus scaler brings it; a minute
 * is four scrapes, as Prometheus recommends. The target is set by hand.
 */
final class FixedRate implements Recommender {
  private static final long WINDOW_NANOS = 60_000_000_000L;

  private final double target;
  private final Deque<Scrape> scrapes = new ArrayDeque<>();

  /**
   * A metric.
   *
   * @param target requests per second and pod, above 0
   */
  FixedRate(double target) {
    this.target = target;
  }

  @Override
  public void scraped(Scrape scrape) {
    scrapes.add(scrape);
    while (scrape.atNanos() - scrapes.getFirst().atNanos() > WINDOW_NANOS) {
      scrapes.remove();
    }
  }

  @Override
  public int replicas(int current, long nowNanos) {
    if (scrapes.size() < 2) {
      return current;
    }
    Scrape from = scrapes.getFirst();
    Scrape to = scrapes.getLast();
    double perSecond = (to.requests() - from.requests()) * 1e9 / (to.atNanos() - from.atNanos());
    return Recommender.isTolerable(perSecond / (target * current))
        ? current
        : (int) Math.ceil(perSecond / target);
  }
}
