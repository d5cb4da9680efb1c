package dev.snowshed.simulation.scaling;

import dev.snowshed.core.traffic.Bottleneck;
import dev.snowshed.core.traffic.Scaling;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Ours, as an external metric with a target of 1: demand ÷ (safe throughput · headroom).
 *
 * <p>Demand is what comes to the gateway, the refused ones included and retries left out, a horizon
 * ahead. Safe throughput is what the instances' own traffic models say, the mean over those that
 * know. While most of them say that a dependency holds them, or none knows, the last one counts:
 * more instances would ask more of what is short.
 */
final class MeasuredCapacity implements Recommender {
  private final CapacityRule rule;
  private final Deque<Double> rates = new ArrayDeque<>();
  private final Deque<Scrape> scrapes = new ArrayDeque<>();
  private double safeThroughput = Double.NaN;

  MeasuredCapacity(CapacityRule rule) {
    this.rule = rule;
  }

  @Override
  public void scraped(Scrape scrape) {
    if (!scrapes.isEmpty()) {
      rates.addLast(firstTriesPerSecond(scrapes.getLast(), scrape));
    }
    scrapes.addLast(scrape);
    while (rates.size() > Math.max(rule.windowScrapes(), rule.trendScrapes())) {
      rates.removeFirst();
      scrapes.removeFirst();
    }
    learn(scrape);
  }

  private static double firstTriesPerSecond(Scrape from, Scrape to) {
    double perSecond = (to.requests() - from.requests()) * 1e9 / (to.atNanos() - from.atNanos());
    long tries = 0;
    long retries = 0;
    for (Scrape.Pod pod : to.pods()) {
      Scrape.Metrics now = pod.metrics().orElse(null);
      Scrape.Metrics then = from.pod(pod.id()).flatMap(Scrape.Pod::metrics).orElse(null);
      if (now != null && then != null) {
        tries += now.offered() - then.offered();
        retries += now.retries() - then.retries();
      }
    }
    return tries == 0 ? perSecond : perSecond * (tries - retries) / tries;
  }

  private void learn(Scrape scrape) {
    List<Scrape.Capacity> known =
        scrape.pods().stream()
            .filter(Scrape.Pod::isReady)
            .flatMap(pod -> pod.metrics().stream())
            .map(Scrape.Metrics::capacity)
            .filter(capacity -> !Double.isNaN(capacity.safeThroughput()))
            .toList();
    long held =
        known.stream().filter(capacity -> capacity.bottleneck() == Bottleneck.DEPENDENCY).count();
    if (known.isEmpty() || 2 * held > known.size()) {
      return;
    }
    double mean =
        known.stream().mapToDouble(Scrape.Capacity::safeThroughput).average().orElseThrow();
    safeThroughput =
        Double.isNaN(safeThroughput)
            ? mean
            : safeThroughput + rule.smoothing() * (mean - safeThroughput);
  }

  @Override
  public int replicas(int current, long nowNanos) {
    if (rates.isEmpty() || Double.isNaN(safeThroughput)) {
      return current;
    }
    double wanted = demand();
    return Recommender.isTolerable(wanted / (safeThroughput * rule.headroom() * current))
        ? current
        : new Scaling(rule.headroom()).instances(wanted, safeThroughput);
  }

  /** Requests per second when a further instance could serve: what is asked now, or more. */
  private double demand() {
    double intervalSeconds =
        (scrapes.getLast().atNanos() - scrapes.getFirst().atNanos()) / 1e9 / rates.size();
    double ahead =
        rule.horizonSeconds() / intervalSeconds
            + (Math.min(rule.windowScrapes(), rates.size()) - 1) / 2.0;
    return now() + Math.max(0, trend()) * ahead;
  }

  private double now() {
    double sum = 0;
    int count = 0;
    for (Iterator<Double> each = rates.descendingIterator();
        each.hasNext() && count < rule.windowScrapes();
        count++) {
      sum += each.next();
    }
    return sum / count;
  }

  /** The median of the last changes: a step is no trend. */
  private double trend() {
    if (rates.size() < rule.trendScrapes()) {
      return 0;
    }
    double[] all = rates.stream().mapToDouble(Double::doubleValue).toArray();
    int first = all.length - rule.trendScrapes();
    double[] changes = new double[rule.trendScrapes() - 1];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = all[first + i + 1] - all[first + i];
    }
    Arrays.sort(changes);
    int middle = changes.length / 2;
    return changes.length % 2 == 1 ? changes[middle] : (changes[middle - 1] + changes[middle]) / 2;
  }
}
