package dev.snowshed.core.admission;

import dev.snowshed.core.admission.Rejection.Reason;
import dev.snowshed.core.limit.ConcurrencyLimit;
import dev.snowshed.core.limit.ConcurrencyLimit.Completion;
import dev.snowshed.core.limit.LimitDecision;
import dev.snowshed.core.limit.ProcessorWatch;
import dev.snowshed.core.limit.Tuning;
import dev.snowshed.core.limit.Tuning.Parameter;
import dev.snowshed.core.stats.DurationHistogram;
import dev.snowshed.core.stats.RateMeter;

/**
 * The gate in front of one function. Safe for concurrent use; while nobody waits, admitting and
 * ending take no lock.
 */
public final class FunctionGate {
  private final AdmissionController controller;
  private final String name;
  private final Share share;
  private final GateLoad load = new GateLoad();
  private final RejectionCounts rejections = new RejectionCounts();
  private final GateTally tally = new GateTally();

  /** Read with each request; an old value is fine for a while, so it is not volatile. */
  private Pool pool = Pool.SHARED;

  /** Written under the controller's lock. */
  private volatile boolean closed;

  /** Whether one was refused for lack of room since a run last ended; written under the lock. */
  private volatile boolean turnedAway;

  // the rest is guarded by the controller's lock, but for what can be read without

  private final ConcurrencyLimit limit;
  private final WaitingRoom waiting = new WaitingRoom();
  private final QueueTime queueTime;
  private final DurationHistogram runs;
  private final RateMeter letIn;

  private final double spanWeight;

  /** Where a function that waits for other things than processors begins. */
  private final double busy;

  /** How much time requests have when they come, as a moving mean. */
  private double spanNanos;

  /** Whether some waited or were refused for lack of room since the last tick. */
  private boolean limited;

  private int highestInflight;

  /** How many had ended when the last one was looked at, modulo 65,536. */
  private int endedBefore;

  FunctionGate(
      AdmissionController controller,
      String name,
      Share share,
      ConcurrencyLimit limit,
      Tuning tuning) {
    this.controller = controller;
    this.name = name;
    this.share = share;
    this.limit = limit;
    this.queueTime = new QueueTime(tuning);
    this.spanWeight = tuning.get(Parameter.SPAN_WEIGHT);
    this.busy = tuning.get(Parameter.BUSY);
    this.runs = new DurationHistogram((int) tuning.get(Parameter.RUN_MEMORY));
    this.letIn = new RateMeter(tuning.get(Parameter.RATE_MEMORY) * 1e9);
  }

  /** The function's name. */
  public String name() {
    return name;
  }

  /** How many of its requests are in flight. */
  public int inflight() {
    return load.inflight();
  }

  /** How many of its requests may be in flight. */
  public int limit() {
    return limit.limit();
  }

  /** How often requests of a criticality were refused for a reason. */
  public long rejections(Reason reason, Criticality criticality) {
    return rejections.sum(reason, criticality);
  }

  /**
   * Decides about a request.
   *
   * @param request what asks
   * @param nowNanos when, on the monotonic clock that all calls share
   */
  public Admission admit(AdmissionRequest request, long nowNanos) {
    return controller.admit(this, request, nowNanos);
  }

  /**
   * Asks to hold more of a body than was announced, for a request that is in flight.
   *
   * @param bytes how much more; 0 or more
   * @return false if the bodies in flight would take too much memory: then nothing is held
   */
  public boolean holdBody(long bytes) {
    return controller.holdBody(bytes);
  }

  /** Gives back what {@link #holdBody} has granted. */
  public void releaseBody(long bytes) {
    controller.releaseBody(bytes);
  }

  /** Says on which threads its requests start from now on; at first on {@link Pool#SHARED}. */
  public void startsOn(Pool threads) {
    pool = threads;
  }

  AdmissionController controller() {
    return controller;
  }

  GateLoad load() {
    return load;
  }

  GateTally tally() {
    return tally;
  }

  boolean isFull() {
    return load.inflight() >= limit.limit();
  }

  Pool pool() {
    return pool;
  }

  Share share() {
    return share;
  }

  /** Whether requests may come in without being looked at one by one. */
  boolean isPassing() {
    return !closed && !queueTime.isStanding();
  }

  /** Whether its function is gone. */
  boolean isClosed() {
    return closed;
  }

  /** Whether the limit keeps others out. */
  boolean keepsOut() {
    return turnedAway;
  }

  void countRejection(Reason reason, AdmissionRequest request) {
    rejections.count(reason, request.criticality());
    tally.refused(request);
    if (reason.isForRoom()) {
      turnedAway = true;
      limited = true;
    }
  }

  /** One came when its deadline had passed, for which no room would have been enough. */
  void countPast(Criticality criticality) {
    rejections.count(Reason.DEADLINE, criticality);
  }

  // under the lock

  void close() {
    closed = true;
  }

  WaitingRoom waiting() {
    return waiting;
  }

  QueueTime queueTime() {
    return queueTime;
  }

  void beginWaiting(long nowNanos) {
    double mean = runs.mean();
    letIn.start(nowNanos, mean == 0 ? 0 : limit.limit() * 1e9 / mean);
  }

  void letIn(long nowNanos) {
    letIn.event(nowNanos);
    queueTime.served(nowNanos);
    endWaitingIfEmpty(nowNanos);
  }

  void endWaitingIfEmpty(long nowNanos) {
    if (waiting.size() == 0) {
      letIn.stop(nowNanos);
    }
  }

  double letInPerSecond(long nowNanos) {
    return letIn.perSecond(nowNanos);
  }

  /** How long a request would wait behind so many. */
  double waitNanos(int ahead, long nowNanos) {
    double rate = letInPerSecond(nowNanos);
    return rate <= 0 ? 0 : ahead * 1e9 / rate;
  }

  /**
   * A request has ended.
   *
   * @param run how long it ran, in nanoseconds
   * @return how many have ended since this was last called: those that it stands for
   */
  int ran(double run, int inflightAtStart, long downstreamNanos) {
    runs.record(run);
    highestInflight = Math.max(highestInflight, inflightAtStart);
    int ended = load.endedSince(endedBefore);
    endedBefore += ended;
    tally.ran(ended, run, downstreamNanos);
    return ended;
  }

  /** One has come to its end while nobody was kept out. */
  void ranFreely(Permit permit, long nowNanos) {
    limit.completedFreely((double) (nowNanos - permit.startedNanos()), permit.inflight(), nowNanos);
  }

  /**
   * The same as {@link #ran}, with whether it came to its end: it teaches the limit if that kept
   * others out.
   */
  void ranWhileFull(
      Permit permit, boolean isDone, int runQueue, ProcessorWatch watch, long nowNanos) {
    if (waiting.size() > 0 || turnedAway) {
      turnedAway = false;
      limit.completed(
          new Completion(
              (double) (nowNanos - permit.startedNanos()),
              load.inflight() + 1,
              permit.inflight(),
              runQueue,
              share.ofRun() < busy,
              isDone),
          watch,
          nowNanos);
    }
  }

  /** Time has passed: brings the counters up to date. */
  void observe(long nowNanos) {
    tally.observe(load, waiting.size(), limited || waiting.size() > 0, nowNanos);
    limited = false;
  }

  boolean isKneeKnown() {
    LimitDecision.Reason reason = limit.last().reason();
    return reason == LimitDecision.Reason.HOLDING || reason == LimitDecision.Reason.SATURATED;
  }

  FunctionCounters counters() {
    return tally.read(this);
  }

  /** A second has passed. */
  void relax() {
    if (waiting.size() == 0 && !turnedAway) {
      limit.relax(Math.max(highestInflight, load.inflight()));
    }
    highestInflight = 0;
  }

  double meanRunNanos() {
    return runs.mean();
  }

  double runNanos(double quantile) {
    return runs.quantile(quantile);
  }

  double observeSpan(double nanos) {
    spanNanos = spanNanos == 0 ? nanos : spanNanos + spanWeight * (nanos - spanNanos);
    return spanNanos;
  }

  FunctionState state(long nowNanos) {
    return new FunctionState(
        name,
        limit(),
        inflight(),
        waiting.size(),
        limit.last(),
        queueTime.isStanding(),
        (long) queueTime.targetNanos(),
        (long) queueTime.patienceNanos(),
        letInPerSecond(nowNanos),
        (long) runs.mean(),
        (long) runs.quantile(0.99));
  }
}
