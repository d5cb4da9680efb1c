package dev.snowshed.simulation.scaling;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Knative's pod autoscaler: pods are the metric divided by the target, by default the concurrency
 * of the last 60 s; if the last 6 s ask for twice the ready pods it panics, follows them, and does
 * not go down until that has not been so for 60 s.
 *
 * <p>Concurrency is what is in the pods, waiting or running, and the rate what comes to them,
 * refused or not. Both are collected each second and acted on every two. At once it goes at most to
 * 1000 times the ready pods, and down to half of them.
 *
 * <p>Source: github.com/knative/serving, {@code pkg/autoscaler/scaling/autoscaler.go}, {@code
 * config/core/configmaps/autoscaler.yaml}.
 */
final class KnativeAutoscaler implements Autoscaler {
  private static final long SECOND = 1_000_000_000;
  private static final long SCRAPE_NANOS = SECOND;
  private static final long TICK_NANOS = 2 * SECOND;
  private static final double MOST_TIMES_UP = 1000;
  private static final double MOST_TIMES_DOWN = 2;

  private final Settings settings;
  private final Target target;
  private final Bounds bounds;
  private final Deque<Double> values = new ArrayDeque<>();
  private @Nullable Scrape last;
  private long panicSince = Long.MIN_VALUE;
  private int panicPods;

  /**
   * An autoscaler.
   *
   * @param settings annotations
   * @param target the annotation {@code target}, its utilization multiplied in
   * @param bounds of the number of replicas
   */
  KnativeAutoscaler(Settings settings, Target target, Bounds bounds) {
    this.settings = settings;
    this.target = target;
    this.bounds = bounds;
  }

  /** What pods are counted by. */
  enum Metric {
    /** Requests in a pod at once. */
    CONCURRENCY,
    /** Requests per second that come to a pod. */
    RPS
  }

  /**
   * Annotations. Immutable.
   *
   * @param metric {@code metric}
   * @param stableSeconds {@code window}
   * @param panicSeconds {@code panic-window-percentage} of that
   * @param panicThreshold a hundredth of {@code panic-threshold-percentage}
   */
  record Settings(Metric metric, int stableSeconds, int panicSeconds, double panicThreshold) {
    static final Settings DEFAULT = new Settings(Metric.CONCURRENCY, 60, 6, 2);

    /** The same, sooner in a panic. */
    static final Settings QUICK = new Settings(Metric.CONCURRENCY, 60, 3, 1.75);

    /** As {@code deploy/knative/by-rate.yaml} has them. */
    static final Settings BY_RATE = new Settings(Metric.RPS, 60, 3, 1.75);
  }

  /** What a pod is to have of the metric. */
  interface Target {
    /** New metrics are there. */
    default void scraped(Scrape scrape) {}

    /** Above 0; not a number while it is not known. */
    double value(long nowNanos);
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
      values.addLast(
          settings.metric == Metric.RPS ? perSecond(last, scrape) : concurrency(last, scrape));
      if (values.size() > settings.stableSeconds) {
        values.removeFirst();
      }
    }
    last = scrape;
    target.scraped(scrape);
  }

  /** Requests that came to all pods between two scrapes. */
  private static double perSecond(Scrape from, Scrape to) {
    double sum = 0;
    for (Scrape.Pod pod : to.pods()) {
      long since =
          from.pod(pod.id()).map(then -> then.metrics().orElseThrow().offered()).orElse(0L);
      sum += pod.metrics().map(now -> now.offered() - since).orElse(0L);
    }
    return sum * SECOND / (to.atNanos() - from.atNanos());
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
    double each = target.value(nowNanos);
    if (last == null || values.isEmpty() || Double.isNaN(each)) {
      return current;
    }
    int ready = Math.max(1, last.ready());
    double panicWants = Math.ceil(mean(settings.panicSeconds) / each);
    int stable = limited(Math.ceil(mean(settings.stableSeconds) / each), ready);
    boolean isOver = panicWants / ready >= settings.panicThreshold;
    if (isOver) {
      panicSince = nowNanos;
    } else if (isPanicking() && nowNanos - panicSince > settings.stableSeconds * SECOND) {
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
    for (Iterator<Double> each = values.descendingIterator();
        each.hasNext() && count < seconds;
        count++) {
      sum += each.next();
    }
    return sum / count;
  }
}
