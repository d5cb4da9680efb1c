package dev.snowshed.simulation.scaling;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Knative's pod autoscaler with its defaults: pods are the concurrency divided by the target, of
 * the last 60 s; if the last 6 s ask for twice the ready pods it panics, follows them, and does not
 * go down until that has not been so for 60 s.
 *
 * <p>Concurrency is what is in the pods, waiting or running; it is collected each second and acted
 * on every two. At once it goes at most to 1000 times the ready pods, and down to half of them.
 *
 * <p>Source: github.com/knative/serving, {@code pkg/autoscaler/scaling/autoscaler.go}, {@code
 * config/core/configmaps/autoscaler.yaml}.
 */
final class KnativeAutoscaler implements Autoscaler {
  private static final long SECOND = 1_000_000_000;
  private static final long SCRAPE_NANOS = SECOND;
  private static final long TICK_NANOS = 2 * SECOND;
  private static final int STABLE_SECONDS = 60;
  private static final int PANIC_SECONDS = 6;
  private static final double PANIC_THRESHOLD = 2;
  private static final double MOST_TIMES_UP = 1000;
  private static final double MOST_TIMES_DOWN = 2;

  private final double target;
  private final Bounds bounds;
  private final Deque<Double> concurrency = new ArrayDeque<>();
  private @Nullable Scrape last;
  private long panicSince = Long.MIN_VALUE;
  private int panicPods;

  /**
   * An autoscaler.
   *
   * @param target requests in a pod at once, above 0
   * @param bounds of the number of replicas
   */
  KnativeAutoscaler(double target, Bounds bounds) {
    this.target = target;
    this.bounds = bounds;
  }

  @Override
  public long scrapeNanos() {
    return SCRAPE_NANOS;
  }

  @Override
  public long syncNanos() {
    return TICK_NANOS;
  }

  @Override
  public void scraped(Scrape scrape) {
    if (last != null) {
      concurrency.addLast(concurrency(last, scrape));
      if (concurrency.size() > STABLE_SECONDS) {
        concurrency.removeFirst();
      }
    }
    last = scrape;
  }

  /** Mean number of requests in all pods between two scrapes. */
  private static double concurrency(Scrape from, Scrape to) {
    double sum = 0;
    for (Scrape.Pod pod : to.pods()) {
      double since =
          from.pod(pod.id()).map(then -> then.metrics().orElseThrow().underWayNanos()).orElse(0.0);
      sum += pod.metrics().map(now -> now.underWayNanos() - since).orElse(0.0);
    }
    return sum / (to.atNanos() - from.atNanos());
  }

  @Override
  public int replicas(int current, long nowNanos) {
    if (last == null || concurrency.isEmpty()) {
      return current;
    }
    int ready = Math.max(1, last.ready());
    double panicWants = Math.ceil(mean(PANIC_SECONDS) / target);
    int stable = limited(Math.ceil(mean(STABLE_SECONDS) / target), ready);
    boolean isOver = panicWants / ready >= PANIC_THRESHOLD;
    if (isOver) {
      panicSince = nowNanos;
    } else if (isPanicking() && nowNanos - panicSince > STABLE_SECONDS * SECOND) {
      panicSince = Long.MIN_VALUE;
      panicPods = 0;
    }
    if (!isPanicking()) {
      return bounds.clamp(stable);
    }
    panicPods = Math.max(panicPods, Math.max(stable, limited(panicWants, ready)));
    return bounds.clamp(panicPods);
  }

  private boolean isPanicking() {
    return panicSince != Long.MIN_VALUE;
  }

  private static int limited(double pods, int ready) {
    double least = Math.floor(ready / MOST_TIMES_DOWN);
    double most = Math.ceil(ready * MOST_TIMES_UP);
    return (int) Math.min(Math.max(pods, least), most);
  }

  private double mean(int seconds) {
    double sum = 0;
    int count = 0;
    for (Iterator<Double> each = concurrency.descendingIterator();
        each.hasNext() && count < seconds;
        count++) {
      sum += each.next();
    }
    return sum / count;
  }
}
