package dev.snowshed.core.traffic;

import dev.snowshed.core.admission.Criticality;
import dev.snowshed.core.admission.FunctionCounters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How much a host carries of each function, and how much is asked of it.
 *
 * <p>It reads cumulative counters ten times per second, keeps what lies between in windows of a
 * second, for ten minutes, and infers from these after each window: concurrency, throughput and
 * latency by Little's law, capacity by {@link CapacityModel}, the curve by {@link Curve}, what will
 * be asked by {@link HoltForecast}. What cannot be told is left out, with the reason.
 *
 * <p>{@link #tick} is for one thread, {@link #snapshot} for all.
 */
public final class TrafficModel {
  private static final long SLOT_NANOS = 100_000_000;
  private static final long WINDOW_NANOS = 1_000_000_000;
  private static final int WINDOWS = 600;
  private static final int DEMAND_WINDOWS = 10;
  private static final long[] AHEAD_NANOS = {60_000_000_000L, 300_000_000_000L};

  /** How much of a slot requests must have been kept back. */
  private static final double THROUGHOUT = 0.99;

  /** How much of the processors must be in use for them to be what keeps requests back. */
  private static final double BUSY = 0.9;

  private final TrafficSource source;
  private final Deque<Window> windows = new ArrayDeque<>();
  private final Map<String, Regime> regimes = new HashMap<>();
  private final Map<String, HoltForecast> forecasts = new HashMap<>();
  private @Nullable HostCounters last;
  private long lastNanos;
  private @Nullable Window growing;
  private volatile TrafficSnapshot snapshot =
      new TrafficSnapshot(0, List.of(), OptionalDouble.empty());

  /**
   * A model that has seen nothing.
   *
   * @param source what it reads
   */
  public TrafficModel(TrafficSource source) {
    this.source = source;
  }

  /** Looks at the counters: to be called ten times per second or more often, by one thread. */
  public void tick(long nowNanos) {
    if (last != null && nowNanos - lastNanos < SLOT_NANOS) {
      return;
    }
    HostCounters counters = source.read(nowNanos);
    Window window = growing == null ? new Window(nowNanos) : growing;
    if (last != null) {
      add(window, last, counters, nowNanos);
    }
    growing = window;
    last = counters;
    lastNanos = nowNanos;
    if (nowNanos - window.fromNanos >= WINDOW_NANOS - SLOT_NANOS / 2) {
      growing = new Window(nowNanos);
      close(window, counters, nowNanos);
    }
  }

  /** What is known. Never blocks. */
  public TrafficSnapshot snapshot() {
    return snapshot;
  }

  // slots

  private void add(Window window, HostCounters before, HostCounters after, long nowNanos) {
    double seconds = (nowNanos - lastNanos) / 1e9;
    double busy = (after.busyNanos() - before.busyNanos()) / 1e9;
    window.add(nowNanos, busy, after.processors());
    Map<String, FunctionCounters> earlier = new HashMap<>();
    before.functions().forEach(function -> earlier.put(function.function(), function));
    for (FunctionCounters function : after.functions()) {
      FunctionCounters was = earlier.get(function.function());
      if (was != null && function.ended() >= was.ended()) {
        Part slot = new Part();
        slot.add(was, function);
        addAtLimit(slot, was, function, seconds, busy, after.processors());
        window.run += slot.run;
        window.growing(function.function()).add(slot);
      }
    }
  }

  private static void addAtLimit(
      Part slot,
      FunctionCounters before,
      FunctionCounters after,
      double seconds,
      double busy,
      double processors) {
    // admission brings its counters up to date when it ticks, not when they are read
    long observed = after.observedNanos() - before.observedNanos();
    long limited = after.limitedNanos() - before.limitedNanos();
    if (observed <= 0 || limited < THROUGHOUT * observed) {
      return;
    }
    if (busy >= BUSY * processors * seconds) {
      slot.addAtLimit(slot, seconds, busy, true);
    } else if (before.kneeKnown() && after.kneeKnown()) {
      slot.addAtLimit(slot, seconds, busy, false);
    }
  }

  // windows

  private void close(Window window, HostCounters counters, long nowNanos) {
    windows.addLast(window);
    if (windows.size() > WINDOWS) {
      windows.removeFirst();
    }
    List<Window> all = List.copyOf(windows);
    CapacityModel model = new CapacityModel(all, nowNanos);
    List<FunctionTraffic> functions = new ArrayList<>();
    for (FunctionCounters each : counters.functions()) {
      functions.add(function(each.function(), model, all, window, nowNanos));
    }
    List<String> names = functions.stream().map(FunctionTraffic::function).toList();
    regimes.keySet().retainAll(names);
    forecasts.keySet().retainAll(names);
    snapshot = Mix.of(nowNanos, functions);
  }

  private FunctionTraffic function(
      String function, CapacityModel model, List<Window> all, Window newest, long nowNanos) {
    Regime regime = regimes.computeIfAbsent(function, _ -> new Regime());
    if (newest.part(function).ended > 0) {
      List<Window> compared = model.since(regime.fromNanos(), function);
      regime.look(compared, model.signal(function, compared));
    }
    HoltForecast forecast = forecasts.computeIfAbsent(function, _ -> new HoltForecast());
    forecast.add(firstTries(newest.part(function)), nowNanos);
    Capacity capacity = model.of(function, regime);
    List<Point> curve = Curve.of(model.since(regime.fromNanos(), function), function);
    Demand demand =
        demand(all.subList(Math.max(0, all.size() - DEMAND_WINDOWS), all.size()), function);
    return new FunctionTraffic(
        function,
        concurrency(capacity),
        capacity.throughput(),
        capacity.latencyNanos(),
        capacity.costHostSeconds(),
        OptionalDouble.empty(),
        capacity.bottleneck(),
        demand,
        forecast.ahead(nowNanos, AHEAD_NANOS),
        capacity
            .throughput()
            .map(safe -> OptionalDouble.of(demand.offeredPerSecond() / safe.value()))
            .orElse(OptionalDouble.empty()),
        capacity.refusal(),
        curve,
        Curve.fit(curve, capacity.isLimitKnown()));
  }

  /** By Little's law: throughput times time in flight. */
  private static Optional<Estimate> concurrency(Capacity capacity) {
    return capacity
        .latencyNanos()
        .flatMap(latency -> capacity.throughput().map(safe -> safe.times(latency.value() / 1e9)));
  }

  // demand

  private static double firstTries(Part part) {
    return Math.max(0, part.tries() - part.retries);
  }

  private static Demand demand(List<Window> latest, String function) {
    Part sum = new Part();
    double seconds = 0;
    for (Window window : latest) {
      sum.add(window.part(function));
      seconds += window.seconds;
    }
    double perSecond = firstTries(sum) / seconds;
    double timeInFlight = sum.ended > 0 ? sum.inflight / sum.ended : 0;
    Map<Criticality, Double> byCriticality = new EnumMap<>(Criticality.class);
    Map<Criticality, Double> concurrencyByCriticality = new EnumMap<>(Criticality.class);
    for (Criticality criticality : Criticality.values()) {
      double tries = sum.offered.getOrDefault(criticality, 0.0) / seconds;
      byCriticality.put(criticality, tries);
      concurrencyByCriticality.put(criticality, tries * timeInFlight);
    }
    return new Demand(
        perSecond,
        perSecond * timeInFlight,
        sum.refused / seconds,
        sum.retries / seconds,
        byCriticality,
        concurrencyByCriticality);
  }
}
