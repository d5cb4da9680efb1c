package dev.snowshed.core.dependency;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * What is known of the dependencies of one function, from its calls. Safe for concurrent use: calls
 * take no lock, snapshots do.
 */
public final class FunctionDependencies {
  /** How many names are told apart, {@link #OTHER} among them. */
  public static final int MAX_NAMES = 64;

  /** What all further dependencies are called. */
  public static final String OTHER = "(other)";

  private final String function;
  private final DependencySettings settings;
  private final long budgetNanos;
  private final long slowNanos;
  private final Map<String, Edge> byName = new ConcurrentHashMap<>();
  private final LongAdder calls = new LongAdder();
  private final LongAdder functionNanos = new LongAdder();
  private final History history;

  /** By index. Replaced, guarded by this, when one is met first. */
  private volatile Edge[] edges = {};

  /**
   * Statistics of a function of which nothing is known.
   *
   * @param function its name
   */
  public FunctionDependencies(String function, DependencySettings settings) {
    this.function = function;
    this.settings = settings;
    this.budgetNanos = settings.hasBudget() ? settings.budget().toNanos() : Long.MAX_VALUE;
    this.slowNanos = settings.hasBudget() ? budgetNanos / 2 : Long.MAX_VALUE;
    this.history =
        new History(
            settings,
            new History.Counters() {
              @Override
              public Edge[] edges() {
                return edges;
              }

              @Override
              public long functionNanos() {
                return functionNanos.sum();
              }
            });
  }

  /** The function's name. */
  public String function() {
    return function;
  }

  /** What is known of a dependency; {@link #OTHER} if there are too many names. */
  public Edge edge(String dependency) {
    Edge known = byName.get(dependency);
    return known != null ? known : meet(dependency);
  }

  private synchronized Edge meet(String dependency) {
    Edge known = byName.get(dependency);
    if (known != null) {
      return known;
    }
    boolean last = edges.length >= MAX_NAMES - 1;
    String name = last ? OTHER : dependency;
    return last && byName.containsKey(OTHER) ? byName.get(OTHER) : add(name);
  }

  private Edge add(String name) {
    Edge[] more = Arrays.copyOf(edges, edges.length + 1);
    Edge edge = new Edge(name, edges.length);
    more[edges.length] = edge;
    edges = more;
    byName.put(name, edge);
    return edge;
  }

  /** Tells what its author says of a dependency, which may not have been called yet. */
  public void declare(String dependency, Declared strength) {
    edge(dependency).declare(strength);
  }

  /** A call of the function begins to call dependencies. */
  public CallRecord begin(long nowNanos) {
    history.tick(nowNanos);
    return new CallRecord(this);
  }

  long slowNanos() {
    return slowNanos;
  }

  void finished(CallRecord call, boolean drill, boolean failed, long nanos, long nowNanos) {
    history.tick(nowNanos);
    calls.increment();
    functionNanos.add(Math.max(0, nanos));
    new CallSorter(call, drill, failed, failed || nanos > budgetNanos).sort(edges);
  }

  /** All that is known. */
  public Snapshot snapshot(long nowNanos) {
    Evidence evidence = evidence(nowNanos);
    Edge[] present = edges;
    List<EdgeSnapshot> all =
        IntStream.range(0, present.length)
            .mapToObj(i -> snapshot(present, i, evidence, nowNanos))
            .toList();
    return new Snapshot(function, calls.sum(), all);
  }

  private EdgeSnapshot snapshot(Edge[] all, int index, Evidence evidence, long nowNanos) {
    Edge edge = all[index];
    List<List<Stratum>> strata = evidence.of(edge.dependency());
    Pace pace = history.pace(index, nowNanos);
    Judge judge =
        new Judge(
            function,
            edge.dependency(),
            settings.hasBudget(),
            1 - settings.confidence(),
            settings.slice().toNanos(),
            strata);
    List<Stratum> flat = strata.stream().flatMap(List::stream).toList();
    return new EdgeSnapshot(
        edge.dependency(),
        edge.declared(),
        pace.total(Edge.CALLS),
        pace.total(Edge.FAILURES),
        pace.total(Edge.REFUSED),
        pace.total(Edge.FALLBACKS),
        pace.total(Edge.RETRIES),
        pace.callsPerSecond(),
        pace.errorRate(),
        pace.latencyNanos(0.5),
        pace.latencyNanos(0.99),
        pace.shareOfTime(),
        judge.failedGivenFailed(),
        judge.failedGivenFine(),
        judge.difference(),
        edge.dependency().equals(OTHER) ? judge.several() : judge.verdict(hint(all, edge)),
        flat.stream().mapToLong(Stratum::oldestNanos).max().orElse(0),
        flat.stream().mapToLong(Stratum::newestNanos).min().orElse(0),
        flat.stream().anyMatch(Stratum::drilled));
  }

  /** Says if it was mostly in trouble together with another one; empty if not. */
  private static String hint(Edge[] all, Edge edge) {
    int companion = edge.companion();
    if (companion < 0 || companion >= all.length) {
      return "";
    }
    return "in "
        + edge.together(companion)
        + " calls it was in trouble together with "
        + all[companion].dependency()
        + ", which tells nothing of either; a drill would tell";
  }

  /** What was seen here, and what others have seen and {@link #merge} has brought. */
  public Evidence evidence(long nowNanos) {
    return history.evidence(function, settings.source(), nowNanos);
  }

  /**
   * Takes in what others have seen. What is known already adds nothing.
   *
   * @throws IllegalArgumentException if it is of another function
   */
  public void merge(Evidence other, long nowNanos) {
    Evidence.none(function).merge(other);
    other.testimonies().values().stream()
        .flatMap(each -> each.strata().keySet().stream())
        .distinct()
        .forEach(this::edge);
    history.merge(other, settings.source(), nowNanos);
  }
}
