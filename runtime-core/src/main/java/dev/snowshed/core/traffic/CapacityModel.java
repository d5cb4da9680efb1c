package dev.snowshed.core.traffic;

import dev.snowshed.core.traffic.Estimate.Source;
import dev.snowshed.core.traffic.Part.AtLimit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Infers capacity from windows. Not safe for concurrent use.
 *
 * <ul>
 *   <li>Kept back at a knee that admission has found: capacity is the throughput in that time.
 *   <li>Kept back by the processors, or not at all: capacity is the processor time to be had by
 *       what a request takes of it (the utilization law, U = X·D). To be had is what was used while
 *       requests were kept back; else all of it. Not to be had is what an idle host uses.
 *   <li>With several functions the processor time is told apart by their run times, if these are
 *       processor time for the most part, else by regression on their rates.
 * </ul>
 *
 * <p>Below the limit, time that a run spends off the processors may be spent behind something that
 * ends before them. The estimate is given only if it would not even were all of it behind one lock.
 */
final class CapacityModel {
  private static final int LEAST_WINDOWS = 5;

  /** Half the 95 % interval, relative; narrow enough that the bar is thrice the standard error. */
  private static final double MEASURED_WIDTH = 0.055;

  private static final double EXTRAPOLATED_WIDTH = 0.07;

  /** What a request costs beside a limit of its own adds to the load, and limits nothing. */
  private static final double MOST_COST_WIDTH = 1;

  private static final double MOST_FAILED = 0.1;

  /** Below it, what the host does beside requests is too large a part of what it does. */
  private static final double LEAST_UTILIZATION = 0.25;

  /** How full a single lock may be at the capacity of the processors. */
  private static final double MOST_OF_A_LOCK = 0.5;

  /**
   * Runs are processor time for the most part, and nearly all of it, if their sum is this close.
   */
  private static final double CLOSE = 0.1;

  private static final double ALONE = 0.99;
  private static final double BEST = 0.9;
  private static final int LEAST_IDLE = 30;
  private static final double QUIETEST = 0.1;
  private static final int LEAST_TO_REGRESS = 40;

  private final List<Window> all;
  private final long nowNanos;
  private final double idleBusy;

  /** By what they are over: mostly the same windows for all functions. */
  private final Map<List<Window>, Regression> regressions = new HashMap<>();

  /**
   * A model.
   *
   * @param all windows, oldest first
   */
  CapacityModel(List<Window> all, long nowNanos) {
    this.all = all;
    this.nowNanos = nowNanos;
    this.idleBusy = idleBusy(all);
  }

  /**
   * Processors that an idle host uses, not counting what it does only now and then, as at its
   * start; 0 if it was not idle for long.
   */
  private static double idleBusy(List<Window> windows) {
    double[] idle =
        windows.stream()
            .filter(Window::isIdle)
            .mapToDouble(window -> window.busy / window.seconds)
            .sorted()
            .toArray();
    double low = idle.length < LEAST_IDLE ? 0 : idle[(int) (QUIETEST * idle.length)];
    return low > 0 ? low : 0;
  }

  /** The windows since a time in which a function's requests ended, oldest first. */
  List<Window> since(long fromNanos, String function) {
    return all.stream()
        .filter(window -> window.fromNanos >= fromNanos && window.part(function).ended > 0)
        .toList();
  }

  private double net(Window window) {
    return Math.max(0, window.busy - idleBusy * window.seconds);
  }

  /** What tells whether a request still costs the same, in windows that are to be compared. */
  Regime.Signal signal(String function, List<Window> compared) {
    boolean byProcessorTime = isAlone(compared, function) && isComputing(compared, function);
    ToDoubleFunction<Window> top =
        byProcessorTime ? this::net : window -> window.part(function).run;
    return new Regime.Signal(
        compared.stream().mapToDouble(top).toArray(),
        compared.stream().mapToDouble(window -> window.part(function).ended).toArray(),
        runVariance(compared, function));
  }

  private boolean isComputing(List<Window> windows, String function) {
    double busy = Window.sum(windows, this::net);
    return busy >= MOST_OF_A_LOCK * Window.sum(windows, window -> window.part(function).run);
  }

  private static boolean isAlone(List<Window> windows, String function) {
    double all = Window.sum(windows, window -> window.run);
    return Window.sum(windows, window -> window.part(function).run) >= ALONE * all;
  }

  /** Variance of a single run time, relative to the square of its mean. */
  private static double runVariance(List<Window> windows, String function) {
    double ended = Window.sum(windows, window -> window.part(function).ended);
    double run = Window.sum(windows, window -> window.part(function).run);
    double squares = Window.sum(windows, window -> window.part(function).runSquares);
    return run <= 0 ? 1 : Math.max(0.05, squares * ended / (run * run) - 1);
  }

  /** The capacity of a function whose requests cost what they do now since a time. */
  Capacity of(String function, Regime regime) {
    List<Window> windows = since(regime.fromNanos(), function);
    Held held = Held.of(windows, function);
    Bottleneck bottleneck = bottleneck(held, windows, function);
    double ended = Window.sum(windows, window -> window.part(function).ended);
    if (windows.size() < LEAST_WINDOWS) {
      return Capacity.unknown(bottleneck, tooFew(regime, ended));
    }
    if (regime.isDoubtful()) {
      return Capacity.unknown(bottleneck, "the last seconds differ from those before");
    }
    double failed = Window.sum(windows, window -> window.part(function).failed) / ended;
    if (failed > MOST_FAILED) {
      return Capacity.unknown(
          bottleneck, "%.0f %% of what ran did not come to its end".formatted(100 * failed));
    }
    if (bottleneck == Bottleneck.UNKNOWN && held.latest() != Held.Cause.NONE) {
      return Capacity.unknown(
          bottleneck, "beside other functions the processors keep it back now, and now a limit");
    }
    return bottleneck == Bottleneck.HIDDEN || bottleneck == Bottleneck.DEPENDENCY
        ? heldAtKnee(function, windows, held.atKnee(), bottleneck)
        : byProcessors(function, windows, regime, ended);
  }

  private String tooFew(Regime regime, double ended) {
    return regime.hasChanged()
        ? "the cost of a request changed %.0f s ago, and only %.0f requests have ended since"
            .formatted((nowNanos - regime.fromNanos()) / 1e9, ended)
        : "only %.0f requests have ended in seconds enough to compare".formatted(ended);
  }

  private static Bottleneck bottleneck(Held held, List<Window> windows, String function) {
    return switch (cause(held, windows, function)) {
      case NONE -> Bottleneck.UNKNOWN;
      case PROCESSORS -> Bottleneck.PROCESSORS;
      case KNEE -> beyondProcessors(held, function);
    };
  }

  /**
   * What keeps it back now. Beside others, whose share of the processors changes, it may be one in
   * this moment and the other in the next: then nothing is said until all the time agrees.
   */
  private static Held.Cause cause(Held held, List<Window> windows, String function) {
    if (held.latest() == held.overall() || isAlone(windows, function)) {
      return held.latest();
    }
    return held.overall() == Held.Cause.KNEE && isWithinKnee(held, function)
        ? Held.Cause.KNEE
        : Held.Cause.NONE;
  }

  /** Whether it has not gone beyond its knee while others have kept the processors busy. */
  private static boolean isWithinKnee(Held held, String function) {
    double full = perSecond(held.full(), window -> window.part(function).byProcessors);
    double knee = perSecond(held.atKnee(), window -> window.part(function).byKnee);
    return full <= knee * (1 + MEASURED_WIDTH);
  }

  private static double perSecond(List<Window> windows, Function<Window, AtLimit> limit) {
    return Window.sum(windows, window -> limit.apply(window).ended)
        / Window.sum(windows, window -> limit.apply(window).seconds);
  }

  private static Bottleneck beyondProcessors(Held held, String function) {
    double run = Window.sum(held.atKnee(), window -> window.part(function).run);
    double downstream = Window.sum(held.atKnee(), window -> window.part(function).downstream);
    return downstream > run / 2 ? Bottleneck.DEPENDENCY : Bottleneck.HIDDEN;
  }

  // its own limit

  private Capacity heldAtKnee(
      String function, List<Window> windows, List<Window> held, Bottleneck bottleneck) {
    Function<Window, AtLimit> knee = window -> window.part(function).byKnee;
    Ratio rate =
        Ratio.of(held, window -> knee.apply(window).ended, window -> knee.apply(window).seconds, 0);
    double requests = Window.sum(held, window -> knee.apply(window).ended);
    double width =
        Math.max(Capacity.halfWidth(rate), 1.96 * Math.sqrt(0.25 / Math.max(1, requests)));
    if (width > MEASURED_WIDTH) {
      return Capacity.unknown(bottleneck, tooWide(width, requests));
    }
    long age = nowNanos - held.getLast().toNanos;
    Estimate throughput = Capacity.estimate(rate.value(), width, age, Source.MEASURED);
    double latency = Window.sum(held, window -> knee.apply(window).inflight) / requests * 1e9;
    Estimate atKnee = Capacity.estimate(latency, width, age, Source.MEASURED);
    Ratio processorTime = processorTime(function, windows);
    if (processorTime.value() > 0 && Capacity.halfWidth(processorTime) < MOST_COST_WIDTH) {
      Estimate cost = cost(processorTime, windows, age);
      return Capacity.of(throughput, atKnee, cost, bottleneck);
    }
    return bottleneck == Bottleneck.HIDDEN
        ? Capacity.of(throughput, atKnee, mostCost(function, windows, throughput), bottleneck)
        : Capacity.withoutCost(throughput, atKnee, bottleneck, costUnknown(processorTime));
  }

  private Estimate cost(Ratio processorTime, List<Window> windows, long ageNanos) {
    return Capacity.estimate(
        processorTime.value() / (windows.getLast().processors - idleBusy),
        Capacity.halfWidth(processorTime),
        ageNanos,
        Source.MEASURED);
  }

  /**
   * The most that a request can take of the host, if that cannot be told: all that was used, or all
   * that there is. Good only for a function that ends at something of its own, which more hosts
   * help.
   */
  private static Estimate mostCost(String function, List<Window> windows, Estimate throughput) {
    double used =
        Window.sum(windows, window -> window.busy)
            / Window.sum(windows, window -> window.part(function).ended)
            / windows.getLast().processors;
    double all = 1 / throughput.value();
    double most = used > 0 ? Math.min(used, all) : all;
    return new Estimate(most, 0, most, throughput.ageNanos(), Source.MEASURED);
  }

  private static String costUnknown(Ratio processorTime) {
    String untold = "the cost of a request cannot be told";
    return processorTime.value() > 0
        ? untold + ", as " + tooWide(Capacity.halfWidth(processorTime), processorTime.count())
        : untold;
  }

  // the processors

  private Capacity byProcessors(
      String function, List<Window> windows, Regime regime, double ended) {
    Ratio processorTime = processorTime(function, windows);
    if (!(processorTime.value() > 0)) {
      return Capacity.unknown(
          Bottleneck.UNKNOWN,
          "the processor time of a request cannot be told, and its limit"
              + " has not been reached");
    }
    List<Window> full =
        windows.stream().filter(window -> window.part(function).byProcessors.seconds > 0).toList();
    double seconds = Window.sum(full, window -> window.part(function).byProcessors.seconds);
    boolean seen = seconds >= Held.LEAST_FULL;
    double width = Capacity.halfWidth(processorTime);
    if (width > (seen ? MEASURED_WIDTH : EXTRAPOLATED_WIDTH)) {
      return Capacity.unknown(
          seen ? Bottleneck.PROCESSORS : Bottleneck.UNKNOWN,
          regime.hasChanged() && ended < 2_000 ? tooFew(regime, ended) : tooWide(width, ended));
    }
    double processors = seen ? processorsWhenFull(function, full) : windows.getLast().processors;
    double perSecond = (processors - idleBusy) / processorTime.value();
    String doubt =
        seen && isAlone(full, function)
            ? ""
            : doubt(function, windows, processorTime.value(), perSecond);
    if (!doubt.isEmpty()) {
      return Capacity.unknown(Bottleneck.UNKNOWN, doubt);
    }
    Source source = seen ? Source.MEASURED : Source.EXTRAPOLATED;
    long age = nowNanos - (seen ? full : windows).getLast().toNanos;
    Estimate throughput = Capacity.estimate(perSecond, width, age, source);
    double latency = latency(function, seen && isAlone(full, function) ? full : windows, seen);
    return Capacity.of(
        throughput,
        Capacity.estimate(latency * 1e9, width, age, source),
        throughput.inverse(),
        Bottleneck.PROCESSORS);
  }

  /**
   * Processors that the host gets when it is full: not quite all, if others share the machine. In
   * most windows admission leaves a little of them idle; what a host can get is what it got in the
   * best tenth.
   */
  private static double processorsWhenFull(String function, List<Window> full) {
    double[] used =
        full.stream()
            .map(window -> window.part(function).byProcessors)
            .mapToDouble(limit -> limit.busy / limit.seconds)
            .sorted()
            .toArray();
    return Math.min(full.getLast().processors, used[(int) (BEST * (used.length - 1))]);
  }

  /** Why what was seen says nothing about the limit; empty if it does. */
  private static String doubt(
      String function, List<Window> windows, double computing, double perSecond) {
    double highest = windows.stream().mapToDouble(Window::utilization).max().orElse(0);
    if (highest < LEAST_UTILIZATION) {
      return "only up to %.0f %% of the processors were in use".formatted(100 * highest);
    }
    double run = meanRun(function, windows);
    double elsewhere = Math.max(0, run - computing);
    if (perSecond * elsewhere > MOST_OF_A_LOCK) {
      return ("its limit has not been reached, and %.0f %% of a run is spent off the processors,"
              + " where a pool or a dependency may end first")
          .formatted(100 * elsewhere / run);
    }
    return "";
  }

  private static double latency(String function, List<Window> windows, boolean seen) {
    if (!seen) {
      return meanRun(function, windows);
    }
    double inflight = Window.sum(windows, window -> window.part(function).byProcessors.inflight);
    double ended = Window.sum(windows, window -> window.part(function).byProcessors.ended);
    return ended > 0 ? inflight / ended : meanRun(function, windows);
  }

  private static double meanRun(String function, List<Window> windows) {
    return Window.sum(windows, window -> window.part(function).run)
        / Math.max(1, Window.sum(windows, window -> window.part(function).ended));
  }

  /** Processor time of a request, in seconds. */
  private Ratio processorTime(String function, List<Window> windows) {
    double variance = runVariance(windows, function);
    if (isAlone(windows, function)) {
      return Ratio.of(windows, this::net, window -> window.part(function).ended, variance);
    }
    double share = Window.sum(windows, this::net) / Window.sum(windows, window -> window.run);
    if (Math.abs(share - 1) <= CLOSE) {
      return Ratio.of(
          windows,
          window -> share * window.part(function).run,
          window -> window.part(function).ended,
          variance);
    }
    return byRegression(function, windows);
  }

  private Ratio byRegression(String function, List<Window> windows) {
    double count = Window.sum(windows, window -> window.part(function).ended);
    if (windows.size() < LEAST_TO_REGRESS) {
      return untold(Window.sum(windows, this::net) / count, count, windows);
    }
    Regression all = regression(windows);
    double own = all.cost(function);
    double error = own > 0 ? all.error(function) : Double.POSITIVE_INFINITY;
    if (Double.isInfinite(error)) {
      return untold(own, count, windows);
    }
    double half = regression(windows.subList(0, windows.size() / 2)).cost(function);
    return new Ratio(own, error / own, 2 * Math.abs(half / own - 1), count, windows.size());
  }

  private static Ratio untold(double value, double count, List<Window> windows) {
    return new Ratio(value, Double.POSITIVE_INFINITY, 0, count, windows.size());
  }

  private Regression regression(List<Window> windows) {
    return regressions.computeIfAbsent(windows, same -> Regression.of(same, this::net));
  }

  private static String tooWide(double width, double requests) {
    return Double.isFinite(width)
        ? "after %.0f requests it is only known within %.0f %%".formatted(requests, 100 * width)
        : "the rates of the functions have not differed enough to tell their costs apart";
  }
}
