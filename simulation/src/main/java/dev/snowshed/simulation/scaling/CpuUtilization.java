package dev.snowshed.simulation.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The resource metric {@code cpu} with a target for its average utilization: replicas are what
 * brings the mean over the pods to the target, {@code ⌈pods · mean ÷ target⌉}.
 *
 * <p>Usage is that between the last two scrapes (metrics-server's resolution is 15 s). A pod that
 * is not ready is left out, and counts as idle if the others ask for more; so is, in its first five
 * minutes, one that was not ready throughout the two scrapes ({@code
 * --horizontal-pod-autoscaler-cpu-initialization-period}).
 *
 * <p>Source: github.com/kubernetes/kubernetes, {@code
 * pkg/controller/podautoscaler/replica_calculator.go}.
 */
final class CpuUtilization implements Recommender {
  private static final long INITIALIZATION_NANOS = 300_000_000_000L;

  private final double target;
  private final double cores;
  private @Nullable Scrape last;
  private @Nullable Scrape before;

  /**
   * A metric.
   *
   * @param target mean share of the requested processors, above 0
   * @param cores that a pod requests
   */
  CpuUtilization(double target, double cores) {
    this.target = target;
    this.cores = cores;
  }

  @Override
  public void scraped(Scrape scrape) {
    before = last;
    last = scrape;
  }

  @Override
  public int replicas(int current, long nowNanos) {
    Scrape to = last;
    Scrape from = before;
    return to == null || from == null ? current : replicas(current, from, to);
  }

  private int replicas(int current, Scrape from, Scrape to) {
    List<Double> usages = new ArrayList<>();
    int unready = 0;
    for (Scrape.Pod pod : to.pods()) {
      OptionalDouble usage = usage(pod, from, to);
      if (usage.isPresent()) {
        usages.add(usage.getAsDouble());
      } else {
        unready++;
      }
    }
    if (usages.isEmpty()) {
      return current;
    }
    double sum = usages.stream().mapToDouble(Double::doubleValue).sum();
    double ratio = sum / usages.size() / target;
    if (unready == 0 || ratio <= 1) {
      return Recommender.isTolerable(ratio) ? current : (int) Math.ceil(ratio * usages.size());
    }
    int all = usages.size() + unready;
    double cautious = sum / all / target;
    boolean turns = cautious < 1;
    int wanted = (int) Math.ceil(cautious * all);
    return turns || Recommender.isTolerable(cautious) || wanted < current ? current : wanted;
  }

  private OptionalDouble usage(Scrape.Pod pod, Scrape from, Scrape to) {
    Optional<Scrape.Pod> then = from.pod(pod.id());
    boolean young = to.atNanos() - pod.createdNanos() < INITIALIZATION_NANOS;
    if (!pod.isReady()
        || then.isEmpty()
        || pod.metrics().isEmpty()
        || (young && pod.readyNanos() > from.atNanos())) {
      return OptionalDouble.empty();
    }
    long busy = pod.metrics().get().busyNanos() - then.get().metrics().orElseThrow().busyNanos();
    return OptionalDouble.of(busy / cores / (to.atNanos() - from.atNanos()));
  }
}
