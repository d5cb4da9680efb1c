package dev.snowshed.benchmarks.overload;

import dev.snowshed.benchmarks.http.Server;
import dev.snowshed.benchmarks.load.Arrivals;
import dev.snowshed.benchmarks.load.ClosedLoop;
import dev.snowshed.benchmarks.load.Connections;
import dev.snowshed.benchmarks.load.LoadRun;
import dev.snowshed.benchmarks.load.OpenLoop;
import dev.snowshed.benchmarks.load.Outcome;
import dev.snowshed.benchmarks.load.RateCurve;
import dev.snowshed.benchmarks.load.Tally;
import dev.snowshed.benchmarks.load.Window;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/** Measures one function of a running target. One use. Not safe for concurrent use. */
final class Visitor implements AutoCloseable {
  private static final int WARM_CLIENTS = 32;
  private static final int PLAIN_CLIENTS = 8;

  /** Tries at a phase in which the generator lags. */
  private static final int TRIES = 4;

  private static final double SLOWER = 0.7;

  /** Below this rate, in requests per second, a lag is not the generator's own. */
  private static final double EASY_RATE = 5000;

  /** How long a rate is offered before it counts: until a queue would have grown too long. */
  private static final double PROBE_SETTLE_SECONDS = 3 * Workload.DEADLINE_MILLIS / 1e3;

  private static final int MOST_COOLING_SECONDS = 15;
  private static final double COOL_RATE = 10;

  private final Options options;
  private final Workload workload;
  private final Server server;
  private final Connections plain;
  private final Connections connections;
  private final SplittableRandom random;
  private double highestRate;

  /**
   * @param options what was asked for
   * @param workload the function
   * @param server the target, ready
   * @param round from 0; each has arrivals of its own
   */
  Visitor(Options options, Workload workload, Server server, int round) throws IOException {
    this.options = options;
    this.workload = workload;
    this.server = server;
    this.plain = connections(Workload.PLAIN);
    this.connections = connections(workload.key());
    this.random = new SplittableRandom(options.seed() + round);
    this.highestRate = options.maxRate();
  }

  private Connections connections(String key) throws IOException {
    return new Connections(
        URI.create(server.uri() + key),
        Workload.BODY,
        Workload.DEADLINE_MILLIS,
        options.connections(),
        workload.pause());
  }

  /** Goes through all of it: warms up, measures the capacity, and then the phases. */
  Visit visit() throws IOException {
    warmUp();
    double plainCpuMicros =
        closed(plain, PLAIN_CLIENTS, options.probeSeconds()).cpuMicrosPerServed();
    double capacity = capacity();
    Progress.say("  %s: %.0f requests/s are its capacity".formatted(workload.title(), capacity));
    if (options.trace().isPresent()) {
      return replay(options.trace().get(), capacity, plainCpuMicros);
    }
    List<Phase> phases = new ArrayList<>();
    for (double factor : options.factors()) {
      phases.add(phase(factor, capacity));
    }
    double best =
        DoubleStream.concat(
                DoubleStream.of(capacity), phases.stream().mapToDouble(Phase::goodputPerSecond))
            .max()
            .orElseThrow();
    return new Visit(capacity, plainCpuMicros, List.copyOf(phases), best);
  }

  /** Warms up and measures the capacity alone. */
  double knee() throws IOException {
    warmUp();
    return capacity();
  }

  /** Has most of its code compiled, at a rate that it carries. */
  void warmUpBelow(double rate) throws IOException {
    closed(plain, PLAIN_CLIENTS, options.warmupSeconds());
    Phase _ = open(RateCurve.constant(rate, 2.0 * options.warmupSeconds()), 0, Double.NaN, false);
  }

  private void warmUp() throws IOException {
    closed(plain, PLAIN_CLIENTS, options.warmupSeconds() / 2.0);
    closed(connections, WARM_CLIENTS, options.warmupSeconds());
  }

  /** Offers a multiple of a capacity that was measured before. */
  Phase offer(double factor, double capacity) throws IOException {
    return phase(factor, capacity);
  }

  private double capacity() throws IOException {
    coolDown();
    double closed =
        CapacitySearch.closed(
            clients ->
                closed(connections, (int) clients, options.probeSeconds()).goodputPerSecond(),
            options.connections());
    coolDown();
    return CapacitySearch.climb(this::climbTo, Math.min(highestRate, Math.max(1, closed)));
  }

  /** Nothing, if the generator lagged: then the search ends with what it has. */
  private double climbTo(double rate) throws IOException {
    RateCurve curve = RateCurve.constant(rate, PROBE_SETTLE_SECONDS + options.probeSeconds());
    Phase phase = open(curve, PROBE_SETTLE_SECONDS, Double.NaN, false);
    return phase.valid() ? phase.goodputPerSecond() : 0;
  }

  private Visit replay(RateCurve shape, double capacity, double plainCpuMicros) throws IOException {
    coolDown();
    RateCurve curve = shape.withPeak(Math.min(capacity * options.peak(), highestRate));
    Phase phase = open(curve, 0, options.peak(), capacity * options.peak() > highestRate);
    Progress.say(phase);
    return new Visit(capacity, plainCpuMicros, List.of(phase), curve.meanBelow(capacity));
  }

  private Phase phase(double factor, double capacity) throws IOException {
    double wanted = factor * capacity;
    Phase phase = attempt(factor, wanted);
    for (int tries = 1; tries < TRIES && !phase.valid(); tries++) {
      if (!phase.disturbed() && phase.ratePerSecond() > EASY_RATE) {
        highestRate = Math.max(EASY_RATE, phase.ratePerSecond() * SLOWER);
      }
      phase = attempt(factor, wanted);
    }
    Progress.say(phase);
    return phase;
  }

  private Phase attempt(double factor, double wanted) throws IOException {
    coolDown();
    double rate = Math.min(wanted, highestRate);
    RateCurve curve = RateCurve.constant(rate, options.settleSeconds() + options.seconds());
    return open(curve, options.settleSeconds(), factor, rate < wanted);
  }

  private Phase open(RateCurve curve, double settleSeconds, double factor, boolean capped)
      throws IOException {
    Arrivals arrivals =
        options.even() ? OpenLoop.even(curve) : OpenLoop.poisson(curve, random.split());
    double seconds = curve.seconds() - settleSeconds;
    double rate = curve.meanBelow(Double.MAX_VALUE);
    return load(connections, arrivals, settleSeconds, seconds, factor, rate, capped);
  }

  private Phase closed(Connections used, int clients, double seconds) throws IOException {
    return load(used, new ClosedLoop(clients), 0, seconds, Double.NaN, Double.NaN, false);
  }

  private Phase load(
      Connections used,
      Arrivals arrivals,
      double settleSeconds,
      double seconds,
      double factor,
      double rate,
      boolean capped)
      throws IOException {
    Meter meter = new Meter(server.pid());
    Window window = new Window(Workload.DEADLINE_NANOS, settleSeconds, seconds, meter);
    Tally tally = LoadRun.run(used, arrivals, window);
    return new Phase(factor, rate, capped, seconds, tally, meter.targetMicros(), meter.elsewhere());
  }

  /** Waits until the target has worked off what it has been left with, 15 seconds at most. */
  private void coolDown() throws IOException {
    for (int second = 0; second < MOST_COOLING_SECONDS; second++) {
      Phase calm =
          load(
              connections,
              OpenLoop.even(RateCurve.constant(COOL_RATE, 1)),
              0,
              1,
              Double.NaN,
              COOL_RATE,
              false);
      if (calm.tally().count(Outcome.GOOD) == calm.tally().offered()) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    plain.close();
    connections.close();
  }
}
