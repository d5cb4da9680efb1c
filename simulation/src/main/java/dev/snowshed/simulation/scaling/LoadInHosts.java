package dev.snowshed.simulation.scaling;

import dev.snowshed.core.traffic.Bottleneck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What the rules in {@code deploy/prometheus/snowshed.rules.yaml} make of what gateways and hosts
 * tell: the demand in hosts. The names in quotes are those of the rules. Not safe for concurrent
 * use.
 */
final class LoadInHosts {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long REMEMBERED_NANOS = 600_000_000_000L;

  /** Below it the traffic model says nothing. */
  private static final double LEAST_UTILIZATION = 0.25;

  private static final double HALF = 0.5;

  /** Below it refusals are not for want of processors. */
  private static final double BUSY = 0.5;

  private static final double ROUNDING = 1e-9;

  private final CapacityRule rule;
  private final double cores;
  private final Deque<Scrape> scrapes = new ArrayDeque<>();
  private final Deque<Dated> demands = new ArrayDeque<>();
  private double cost = Double.NaN;
  private long costNanos;

  /**
   * No load yet.
   *
   * @param cores of a host
   */
  LoadInHosts(CapacityRule rule, double cores) {
    this.rule = rule;
    this.cores = cores;
  }

  /** A value at a time. */
  private record Dated(double atSeconds, double value) {}

  void scraped(Scrape scrape) {
    scrapes.addLast(scrape);
    while (scrape.atNanos() - scrapes.getFirst().atNanos()
        > rule.rateSeconds() * NANOS_PER_SECOND) {
      scrapes.removeFirst();
    }
    learn(scrape);
    record(scrape.atNanos() / NANOS_PER_SECOND);
  }

  private void record(double seconds) {
    if (scrapes.size() < 2) {
      return;
    }
    demands.addLast(new Dated(seconds, demand(spans())));
    while (seconds - demands.getFirst().atSeconds > rule.leapSeconds() + rule.rateSeconds()) {
      demands.removeFirst();
    }
  }

  // "cost_host_seconds:last10m"

  private void learn(Scrape scrape) {
    OptionalDouble known = mean(scrape, Scrape.Capacity::costHostSeconds);
    if (known.isPresent()) {
      cost = known.getAsDouble();
      costNanos = scrape.atNanos();
    } else if (scrape.atNanos() - costNanos > REMEMBERED_NANOS) {
      cost = Double.NaN;
    }
  }

  private static OptionalDouble mean(Scrape scrape, ToDoubleFunction<Scrape.Capacity> what) {
    return processes(scrape).stream()
        .map(Scrape.Metrics::capacity)
        .mapToDouble(what)
        .filter(value -> !Double.isNaN(value))
        .average();
  }

  private static List<Scrape.Metrics> processes(Scrape scrape) {
    return scrape.pods().stream().flatMap(pod -> pod.metrics().stream()).toList();
  }

  // rates

  private double seconds() {
    return (scrapes.getLast().atNanos() - scrapes.getFirst().atNanos()) / NANOS_PER_SECOND;
  }

  /** What a process was at the first scrape that shows it, and is now. */
  private record Span(Scrape.Metrics from, Scrape.Metrics to) {
    double more(ToLongFunction<Scrape.Metrics> counter) {
      return counter.applyAsLong(to) - counter.applyAsLong(from);
    }

    boolean isAtFullWeight() {
      return from.weight() >= 1 && to.weight() >= 1;
    }
  }

  private List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (Scrape.Pod pod : scrapes.getLast().pods()) {
      pod.metrics().ifPresent(now -> spans.add(new Span(first(pod.id()).orElse(now), now)));
    }
    return spans;
  }

  private Optional<Scrape.Metrics> first(long id) {
    for (Scrape scrape : scrapes) {
      Optional<Scrape.Pod> then = scrape.pod(id);
      if (then.isPresent()) {
        return then.get().metrics();
      }
    }
    return Optional.empty();
  }

  private static double sum(List<Span> spans, ToLongFunction<Scrape.Metrics> counter) {
    return spans.stream().mapToDouble(span -> span.more(counter)).sum();
  }

  /** "arrivals:rate20s". */
  private double arrivals() {
    return (scrapes.getLast().requests() - scrapes.getFirst().requests()) / seconds();
  }

  /** "demand:rate20s": without retries. */
  private double demand(List<Span> spans) {
    double tries = sum(spans, Scrape.Metrics::offered);
    double retries = sum(spans, Scrape.Metrics::retries);
    return tries > 0 ? arrivals() * (1 - retries / tries) : arrivals();
  }

  // load

  /** "load:hosts"; NaN if it is not known. */
  private double load() {
    if (scrapes.size() < 2 || Double.isNaN(cost)) {
      return Double.NaN;
    }
    List<Span> spans = spans();
    double demand = demand(spans);
    return Math.max(Math.max(demand * cost, alone(demand)), processors(spans, demand));
  }

  /** "load_alone:hosts": by what ends a function elsewhere, if that is not a dependency. */
  private double alone(double demand) {
    boolean held =
        processes(scrapes.getLast()).stream()
            .anyMatch(each -> each.capacity().bottleneck() == Bottleneck.DEPENDENCY);
    OptionalDouble safe = mean(scrapes.getLast(), Scrape.Capacity::safeThroughput);
    return held || safe.isEmpty() ? 0 : demand / safe.getAsDouble();
  }

  /** "load_processors:hosts": what admitted requests take of the processors now. */
  private double processors(List<Span> spans, double demand) {
    List<Span> full = spans.stream().filter(Span::isAtFullWeight).toList();
    double admitted = sum(full, Scrape.Metrics::offered) - sum(full, Scrape.Metrics::refused);
    double used = sum(full, Scrape.Metrics::busyNanos) / NANOS_PER_SECOND / cores / seconds();
    return admitted > 0 && used >= BUSY * full.size() ? demand * used * seconds() / admitted : used;
  }

  /** "load_ahead:hosts": what there are to be hosts for; NaN if it is not known. */
  private double ahead() {
    double now = load();
    return !Double.isNaN(now) && isShort(now) && hasLeapt() ? now * rule.hedgeTimes() : now;
  }

  private boolean isShort(double load) {
    return load / rule.headroom() > scrapes.getLast().ready();
  }

  private boolean hasLeapt() {
    double from = demands.getLast().atSeconds - rule.leapSeconds();
    double least =
        demands.stream()
            .filter(each -> each.atSeconds >= from)
            .mapToDouble(Dated::value)
            .min()
            .orElseThrow();
    return demands.getFirst().atSeconds < from && demandNow() > rule.leapTimes() * least;
  }

  /** "demand:irate": between the last two scrapes. */
  private double demandNow() {
    Iterator<Scrape> newest = scrapes.descendingIterator();
    Scrape to = newest.next();
    Scrape from = newest.next();
    double perSecond =
        (to.requests() - from.requests()) * NANOS_PER_SECOND / (to.atNanos() - from.atNanos());
    return perSecond * demands.getLast().value / arrivals();
  }

  // instances

  /**
   * "instances:enough": how few would do, as far as processors and requests in flight tell, while
   * nobody knows the capacity; NaN if that is not fewer than there are.
   */
  private double enough() {
    if (scrapes.size() < 2) {
      return Double.NaN;
    }
    List<Span> spans = spans();
    if (sum(spans, Scrape.Metrics::refused) > 0) {
      return Double.NaN;
    }
    double busy = 0;
    double inflight = 0;
    for (Span span : spans) {
      busy += span.more(Scrape.Metrics::busyNanos) / NANOS_PER_SECOND / cores / seconds();
      inflight +=
          (span.to.underWayNanos() - span.from.underWayNanos())
              / NANOS_PER_SECOND
              / seconds()
              / Math.max(1, span.to.limit());
    }
    double enough = Math.ceil(Math.max(busy / LEAST_UTILIZATION, inflight / HALF));
    return enough < scrapes.getLast().ready() ? enough : Double.NaN;
  }

  /** "knative:target": requests per second that fill a host; NaN if that is not known. */
  double target() {
    double ahead = ahead();
    double roomy = rule.headroom() * (ahead + rule.roots() * Math.sqrt(ahead));
    return ahead > 0 && arrivals() > 0 ? arrivals() / Math.max(ahead, roomy) : Double.NaN;
  }

  /** "instances:wanted"; NaN if that is not known. */
  double wanted() {
    double ahead = ahead();
    return Double.isNaN(ahead) ? enough() : Math.ceil(ahead / rule.headroom() - ROUNDING);
  }
}
