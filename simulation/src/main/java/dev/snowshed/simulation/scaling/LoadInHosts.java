package dev.snowshed.simulation.scaling;

import dev.snowshed.core.traffic.Bottleneck;
import dev.snowshed.simulation.scaling.CapacityRule.Parameter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the rules in {@code deploy/prometheus/snowshed.rules.yaml} make of what gateways and hosts
 * tell: the demand in hosts. The names in quotes are those of the rules.
 *
 * <p>Of the readings, one each second, the gateways' part counts at once. The hosts' part is taken
 * every five seconds and counts three seconds later, as rules are evaluated at times of their own.
 * Not safe for concurrent use.
 */
final class LoadInHosts {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long REMEMBERED_NANOS = 3600 * 1_000_000_000L;

  /** How often hosts are scraped. */
  static final long HOSTS_NANOS = 5_000_000_000L;

  /** From a scrape of the hosts until the rules that read it are evaluated, about. */
  private static final long RULES_NANOS = 3_000_000_000L;

  /** Below it the traffic model says nothing. */
  private static final double LEAST_UTILIZATION = 0.25;

  /** Before it code is cold, and costs more: the slow start, and what rates are over. */
  private static final long SETTLED_NANOS = 50_000_000_000L;

  private static final double HALF = 0.5;

  /** Below it refusals are not for want of processors. */
  private static final double BUSY = 0.5;

  /** What came later than so long ago may still be the leap itself. */
  private static final double LEAP_ENDS_SECONDS = 60;

  private static final double ROUNDING = 1e-9;

  private final CapacityRule rule;
  private final double cores;
  private final Deque<Scrape> gateways = new ArrayDeque<>();
  private final Deque<Scrape> scrapes = new ArrayDeque<>();
  private final Deque<Dated> demands = new ArrayDeque<>();
  private final Deque<Dated> newest = new ArrayDeque<>();
  private @Nullable Scrape pending;
  private long takenNanos = Long.MIN_VALUE / 2;
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
    add(gateways, scrape, rule.of(Parameter.NEWEST_SECONDS));
    if (pending != null && scrape.atNanos() - pending.atNanos() >= RULES_NANOS) {
      add(scrapes, pending, rule.of(Parameter.RATE_SECONDS));
      learn(pending);
      record(pending.atNanos() / NANOS_PER_SECOND);
      pending = null;
    }
    if (scrape.atNanos() - takenNanos >= HOSTS_NANOS) {
      takenNanos = scrape.atNanos();
      pending = scrape;
    }
    if (!demands.isEmpty()) {
      double now = scrape.atNanos() / NANOS_PER_SECOND;
      remember(
          newest, new Dated(now, newest()), rule.of(Parameter.PEAK_SECONDS) + LEAP_ENDS_SECONDS);
    }
  }

  private static void add(Deque<Scrape> scrapes, Scrape scrape, double seconds) {
    scrapes.addLast(scrape);
    while (scrape.atNanos() - scrapes.getFirst().atNanos() > seconds * NANOS_PER_SECOND) {
      scrapes.removeFirst();
    }
  }

  private void record(double seconds) {
    if (scrapes.size() < 2) {
      return;
    }
    remember(
        demands,
        new Dated(seconds, demand(spans())),
        rule.of(Parameter.LEAP_SECONDS) + rule.of(Parameter.RATE_SECONDS));
  }

  private static void remember(Deque<Dated> all, Dated next, double seconds) {
    all.addLast(next);
    while (next.atSeconds - all.getFirst().atSeconds > seconds) {
      all.removeFirst();
    }
  }

  // "cost_host_seconds:last1h"

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
    return seconds(scrapes);
  }

  private static double seconds(Deque<Scrape> scrapes) {
    return (scrapes.getLast().atNanos() - scrapes.getFirst().atNanos()) / NANOS_PER_SECOND;
  }

  /** What a process was at the first scrape that shows it, and is now. */
  private record Span(Scrape.Metrics from, Scrape.Metrics to, boolean isSettled) {
    double more(ToLongFunction<Scrape.Metrics> counter) {
      return counter.applyAsLong(to) - counter.applyAsLong(from);
    }
  }

  private List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    Scrape last = scrapes.getLast();
    for (Scrape.Pod pod : last.pods()) {
      boolean isSettled = last.atNanos() - pod.readyNanos() >= SETTLED_NANOS;
      pod.metrics()
          .ifPresent(now -> spans.add(new Span(first(pod.id()).orElse(now), now, isSettled)));
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
    return arrivals(scrapes);
  }

  private static double arrivals(Deque<Scrape> scrapes) {
    return (scrapes.getLast().requests() - scrapes.getFirst().requests()) / seconds(scrapes);
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

  /**
   * "load_needed:hosts": where nobody knows what a host carries, what processors tell, as far as
   * that takes more hosts than there are; NaN if it does not.
   */
  private double needed() {
    if (scrapes.size() < 2) {
      return Double.NaN;
    }
    List<Span> spans = spans();
    double needed = processors(spans, demand(spans)) * leap().orElse(1);
    return isShort(needed) ? needed : Double.NaN;
  }

  private boolean isShort(double load) {
    return load / rule.of(Parameter.HEADROOM) > scrapes.getLast().ready();
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
    List<Span> full = spans.stream().filter(Span::isSettled).toList();
    double admitted = sum(full, Scrape.Metrics::offered) - sum(full, Scrape.Metrics::refused);
    double used = sum(full, Scrape.Metrics::busyNanos) / NANOS_PER_SECOND / cores / seconds();
    return admitted > 0 && used >= BUSY * full.size() ? demand * used * seconds() / admitted : used;
  }

  /** "demand_total:rate5s": at the share of retries that hosts have told last. */
  private double newest() {
    return arrivals(gateways) / arrivals() * demands.getLast().value;
  }

  /** "answered_total:rate5s". */
  private double answered() {
    return (gateways.getLast().answered() - gateways.getFirst().answered()) / seconds(gateways);
  }

  /**
   * "leap:times": the newest demand by that of "demand_total:rate20s", while there is a leap. Of
   * the newest only what was answered tells of one, as the rest may be retries that no host has
   * told yet.
   */
  private OptionalDouble leap() {
    if (demands.isEmpty()) {
      return OptionalDouble.empty();
    }
    double demand = demands.getLast().value;
    double from = demands.getLast().atSeconds - rule.of(Parameter.LEAP_SECONDS);
    double least = least(from);
    double chance = Math.sqrt(least / rule.of(Parameter.NEWEST_SECONDS));
    double usual =
        rule.of(Parameter.LEAP_TIMES) * least + rule.of(Parameter.LEAP_DEVIATIONS) * chance;
    boolean hasLeapt = Math.max(Math.min(newest(), answered()), demand) > usual;
    return hasLeapt && demands.getFirst().atSeconds < from
        ? OptionalDouble.of(Math.max(1, newest() / demand))
        : OptionalDouble.empty();
  }

  private double least(double fromSeconds) {
    return demands.stream()
        .filter(each -> each.atSeconds >= fromSeconds)
        .mapToDouble(Dated::value)
        .min()
        .orElseThrow();
  }

  /** "hedge:times": more than 1 in a leap while hosts are missing. */
  double hedge() {
    OptionalDouble leap = leap();
    double load = load() * leap.orElse(1);
    if (leap.isEmpty() || !isShort(Double.isNaN(load) ? needed() : load)) {
      return 1;
    }
    double most = rule.of(Parameter.HEDGE_TIMES);
    double known = peak() / newest();
    return known >= 1 ? Math.min(known, most) : most;
  }

  /** "demand_total:peak10m": before the last minute; 0 if there was none. */
  private double peak() {
    double until = gateways.getLast().atNanos() / NANOS_PER_SECOND - LEAP_ENDS_SECONDS;
    return newest.stream()
        .filter(each -> each.atSeconds <= until)
        .mapToDouble(Dated::value)
        .max()
        .orElse(0);
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

  /** "carries:rate20s": requests per second that fill a host; NaN if that is not known. */
  double carries() {
    double known = load();
    double load = Double.isNaN(known) ? needed() / leap().orElse(1) : known;
    if (!(load > 0 && arrivals() > 0)) {
      return Double.NaN;
    }
    double roomy =
        rule.of(Parameter.HEADROOM) * (load + rule.of(Parameter.ROOTS) * Math.sqrt(load));
    return arrivals() / Math.max(load, roomy);
  }

  /** "instances:wanted"; NaN if that is not known. */
  double wanted() {
    double load = load();
    if (!Double.isNaN(load)) {
      return instances(load * leap().orElse(1) * hedge());
    }
    double needed = needed();
    return Double.isNaN(needed) ? enough() : instances(needed);
  }

  private double instances(double load) {
    return Math.ceil(load / rule.of(Parameter.HEADROOM) - ROUNDING);
  }
}
