package dev.snowshed.simulation.fleet;

import dev.snowshed.simulation.engine.Downstream;
import dev.snowshed.simulation.engine.GateFactory;
import dev.snowshed.simulation.engine.Host;
import dev.snowshed.simulation.engine.Job;
import dev.snowshed.simulation.engine.Timeline;
import dev.snowshed.simulation.scenario.Scenario;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongToDoubleFunction;

/** One life of a host: from the start of its process to its end. Not safe for concurrent use. */
public final class HostProcess {
  private final int index;
  private final Timeline timeline;
  private final long startedNanos;
  private final Scenario scenario;
  private final Host host;
  private final Keeper keeper;
  private final Set<Attempt> underWay = new LinkedHashSet<>();
  private final Counts counts = new Counts();
  private final LongToDoubleFunction gcShare;
  private final int[] inflight;
  private boolean listening;
  private boolean refusing;
  private boolean draining;
  private double underWayNanos;
  private long underWaySince;

  HostProcess(
      int index,
      Timeline timeline,
      Scenario scenario,
      Downstream downstream,
      Policy policy,
      LongToDoubleFunction gcShare,
      Fellows fellows,
      long seed) {
    GateFactory gate = policy.gate();
    this.index = index;
    this.timeline = timeline;
    this.startedNanos = timeline.now();
    this.gcShare = gcShare;
    this.scenario = scenario;
    this.inflight = new int[scenario.functions().size()];
    this.host = new Host(timeline, scenario, downstream, gate, seed);
    this.keeper = policy.keeper().create(this, fellows, seed);
  }

  /** Which host of the fleet it is. */
  public int index() {
    return index;
  }

  /** When it was started. */
  public long startedNanos() {
    return startedNanos;
  }

  /** The share of the time that the collector takes now. */
  double gcShare(long nowNanos) {
    return gcShare.applyAsDouble(nowNanos);
  }

  /** The simulated machine. */
  public Host host() {
    return host;
  }

  Keeper keeper() {
    return keeper;
  }

  /** Which share of a healthy host's traffic it asks for, 0 to 1. */
  public double weight(long nowNanos) {
    Report report = keeper.report(nowNanos);
    return report.willing() ? report.weight() : 0;
  }

  /** What it has counted since its start. */
  public Counts counts() {
    return counts;
  }

  /** Whether it takes connections. */
  public boolean isListening() {
    return listening;
  }

  void listen(long nowNanos) {
    listening = true;
    host.start();
    keeper.listening(nowNanos);
  }

  /** New connections are refused. */
  void stopListening() {
    listening = false;
  }

  /** It has been told to stop. */
  void drain(long nowNanos) {
    draining = true;
    keeper.drain(nowNanos);
  }

  /** Whether it has been told to stop. */
  public boolean isDraining() {
    return draining;
  }

  /** New work is answered by a refusal from now on. */
  void refuseNew() {
    refusing = true;
  }

  /** Computing that it can do in a second now, in seconds; 0 if it is on its way out. */
  double capacity(long nowNanos) {
    return listening && !draining ? scenario.cores() / scenario.costAt(nowNanos) : 0;
  }

  void offer(Attempt attempt, Job job) {
    counts.offered++;
    counts.retries += job.attempt() > 0 ? 1 : 0;
    if (refusing) {
      attempt.refused(job);
      return;
    }
    countUnderWay();
    underWay.add(attempt);
    inflight[job.function()]++;
    host.offer(job);
  }

  void ended(Attempt attempt) {
    countUnderWay();
    if (underWay.remove(attempt)) {
      inflight[attempt.request().call().function()]--;
    }
  }

  /** What was under way in it, queued or running, integrated over time: requests · nanoseconds. */
  public double underWayNanos(long nowNanos) {
    return underWayNanos + (double) underWay.size() * (nowNanos - underWaySince);
  }

  private void countUnderWay() {
    underWayNanos = underWayNanos(timeline.now());
    underWaySince = timeline.now();
  }

  /** How many requests of the function with the most of them are in flight. */
  int mostInflight() {
    return Arrays.stream(inflight).max().orElse(0);
  }

  boolean isIdle() {
    return underWay.isEmpty();
  }

  /**
   * It ends at once.
   *
   * @return what was under way in it
   */
  Set<Attempt> kill() {
    host.halt();
    listening = false;
    return underWay;
  }

  /** What it has counted since its start. */
  public static final class Counts {
    long offered;
    long refused;
    long retries;

    /** Ended well before the deadline, with whatever answer. */
    long good;

    /** Ended later. */
    long late;

    /** The times that those which ended took, together. */
    long nanos;

    /** Attempts that it refused, those that had waited too. */
    public long refused() {
      return refused;
    }

    /** Attempts that were sent to it. */
    public long offered() {
      return offered;
    }

    /** Those of them that were not the first of their request. */
    public long retries() {
      return retries;
    }
  }
}
