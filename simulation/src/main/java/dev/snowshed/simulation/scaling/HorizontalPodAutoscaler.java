package dev.snowshed.simulation.scaling;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The loop of Kubernetes' horizontal pod autoscaler ({@code autoscaling/v2}): every 15 s it asks a
 * metric; upwards it goes at once, as far as its behavior allows; downwards to the highest
 * recommendation of the last minutes, with no other bound.
 *
 * <p>KEDA's scaled objects use this loop too: its own polling, every 30 s, only decides between
 * none and one.
 *
 * <p>Source: github.com/kubernetes/kubernetes, {@code pkg/apis/autoscaling/v2/defaults.go}, {@code
 * pkg/controller/podautoscaler/horizontal.go}.
 */
final class HorizontalPodAutoscaler implements Autoscaler {
  private static final long SECOND = 1_000_000_000;
  private static final long SYNC_NANOS = 15 * SECOND;
  private static final long POLICY_NANOS = 15 * SECOND;

  private final Recommender metric;
  private final Bounds bounds;
  private final Behavior behavior;
  private final Deque<Dated> recommendations = new ArrayDeque<>();
  private final Deque<Dated> additions = new ArrayDeque<>();

  HorizontalPodAutoscaler(Recommender metric, Behavior behavior, Bounds bounds) {
    this.metric = metric;
    this.behavior = behavior;
    this.bounds = bounds;
  }

  /** A number at a time. */
  private record Dated(long atNanos, int replicas) {}

  @Override
  public long scrapeNanos() {
    return metric.scrapeNanos();
  }

  @Override
  public long rulesNanos() {
    return metric.rulesNanos();
  }

  @Override
  public long syncNanos() {
    return SYNC_NANOS;
  }

  @Override
  public void scraped(Scrape scrape) {
    metric.scraped(scrape);
  }

  @Override
  public int replicas(int current, long nowNanos) {
    if (recommendations.isEmpty()) {
      recommendations.add(new Dated(nowNanos, current));
    }
    int wanted = bounds.clamp(metric.replicas(current, nowNanos));
    int stable = wanted >= current ? wanted : Math.min(current, highest(wanted, nowNanos));
    recommendations.add(new Dated(nowNanos, wanted));
    int next = Math.min(stable, mostAfter(current, nowNanos));
    if (next > current) {
      additions.add(new Dated(nowNanos, next - current));
    }
    return bounds.clamp(next);
  }

  private int highest(int wanted, long nowNanos) {
    forget(recommendations, nowNanos - behavior.downSeconds() * SECOND);
    int highest = wanted;
    for (Dated each : recommendations) {
      highest = Math.max(highest, each.replicas);
    }
    return highest;
  }

  /** What the policies for going up allow; never fewer than there are. */
  private int mostAfter(int current, long nowNanos) {
    forget(additions, nowNanos - POLICY_NANOS);
    int before = current;
    for (Dated each : additions) {
      before -= each.replicas;
    }
    return Math.max(current, Math.max(before + behavior.morePods(), before * behavior.moreTimes()));
  }

  private static void forget(Deque<Dated> all, long untilNanos) {
    for (Iterator<Dated> each = all.iterator(); each.hasNext(); ) {
      if (each.next().atNanos > untilNanos) {
        return;
      }
      each.remove();
    }
  }
}
