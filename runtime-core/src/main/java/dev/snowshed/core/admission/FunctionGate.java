package dev.snowshed.core.admission;

import dev.snowshed.core.admission.Rejection.Reason;
import dev.snowshed.core.limit.ConcurrencyLimit;
import dev.snowshed.core.limit.RunQueueWatch;
import dev.snowshed.core.stats.DurationHistogram;
import dev.snowshed.core.stats.RateMeter;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The gate in front of one function. Safe for concurrent use; while nobody waits, admitting and
 * ending take no lock.
 */
public final class FunctionGate {
  private static final int REMEMBERED_RUNS = 2_000;
  private static final double RATE_MEMORY_NANOS = 500e6;

  private final AdmissionController controller;
  private final String name;
  private final AtomicInteger inflight = new AtomicInteger();

  private final RejectionCounts rejections = new RejectionCounts();

  // all below is guarded by the controller's lock
  private final ConcurrencyLimit limit;
  private final WaitingRoom waiting = new WaitingRoom();
  private final QueueTime queueTime = new QueueTime();
  private final DurationHistogram runs = new DurationHistogram(REMEMBERED_RUNS);
  private final RateMeter letIn = new RateMeter(RATE_MEMORY_NANOS);
  private double spanNanos;
  private double virtualTime;
  private double occupancy;
  private double costNanos;

  /** Written under the lock. */
  private volatile double processorShare = 1;

  FunctionGate(AdmissionController controller, String name, ConcurrencyLimit limit) {
    this.controller = controller;
    this.name = name;
    this.limit = limit;
  }

  /** The function's name. */
  public String name() {
    return name;
  }

  /** How many of its requests are in flight. */
  public int inflight() {
    return inflight.get();
  }

  /** How many of its requests may be in flight. */
  public int limit() {
    return limit.limit();
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

  boolean cancel(Ticket ticket, long nowNanos) {
    return controller.cancel(ticket, nowNanos);
  }

  void receiving(Permit permit, long nowNanos) {
    controller.receiving(permit, nowNanos);
  }

  void received(Permit permit) {
    controller.received(permit);
  }

  void started(Permit permit, long nowNanos) {
    controller.started(permit, nowNanos);
  }

  void ended(Permit permit, Permit.Outcome outcome, boolean started, long nowNanos) {
    inflight.decrementAndGet();
    controller.ended(this, permit, outcome, started, nowNanos);
  }

  /** Takes a place if there is one; returns how many are in flight then, or 0. */
  int tryEnter() {
    int current;
    do {
      current = inflight.get();
      if (current >= limit.limit()) {
        return 0;
      }
    } while (!inflight.compareAndSet(current, current + 1));
    return current + 1;
  }

  void leave() {
    inflight.decrementAndGet();
  }

  boolean isFull() {
    return inflight.get() >= limit.limit();
  }

  WaitingRoom waiting() {
    return waiting;
  }

  QueueTime queueTime() {
    return queueTime;
  }

  void countRejection(Reason reason, Criticality criticality) {
    rejections.count(reason, criticality);
  }

  /** How often requests of a criticality were refused for a reason. */
  public long rejections(Reason reason, Criticality criticality) {
    return rejections.sum(reason, criticality);
  }

  // under the lock

  void sample(Permit permit, Permit.Outcome outcome, long nowNanos) {
    if (outcome != Permit.Outcome.IGNORE) {
      runs.record((double) (nowNanos - permit.startedNanos()));
    }
  }

  /** A request has completed while others wait. */
  void completedLimited(Permit permit, int runQueue, RunQueueWatch watch, long nowNanos) {
    if (waiting.size() > 0) {
      limit.completedLimited(
          (double) (nowNanos - permit.startedNanos()),
          inflight.get() + 1,
          permit.inflight(),
          runQueue,
          processorShare < 1,
          watch,
          nowNanos);
    }
  }

  void beginWaiting(long nowNanos) {
    double mean = runs.mean();
    letIn.start(nowNanos, mean == 0 ? 0 : limit.limit() * 1e9 / mean);
  }

  void letIn(long nowNanos) {
    letIn.event(nowNanos);
    queueTime.served();
    if (waiting.size() == 0) {
      nobodyWaits(nowNanos);
    }
  }

  void nobodyWaits(long nowNanos) {
    letIn.stop(nowNanos);
  }

  /** How long a request would wait behind so many. */
  double waitNanos(int ahead, long nowNanos) {
    double rate = letIn.perSecond(nowNanos);
    return ahead == 0 ? 0 : rate <= 0 ? 0 : ahead * 1e9 / rate;
  }

  double ratePerSecond(long nowNanos) {
    return letIn.perSecond(nowNanos);
  }

  double runQuantile(double share) {
    return runs.quantile(share);
  }

  double meanRun() {
    return runs.mean();
  }

  void observeSpan(double nanos) {
    spanNanos = spanNanos == 0 ? nanos : spanNanos + 0.05 * (nanos - spanNanos);
  }

  double spanNanos() {
    return spanNanos;
  }

  double virtualTime() {
    return virtualTime;
  }

  void setVirtualTime(double time) {
    virtualTime = time;
  }

  /** What one of its requests takes of the processors. */
  double costNanos() {
    return costNanos;
  }

  void setCost(double nanos) {
    costNanos = nanos;
  }

  /** Which part of the time of its running requests they can have had a processor; from 0 to 1. */
  double processorShare() {
    return processorShare;
  }

  void setProcessorShare(double share) {
    processorShare = share;
  }

  double occupancy() {
    return occupancy;
  }

  void occupied(double runningNanos) {
    occupancy += runningNanos;
  }

  void fadeOccupancy(double kept) {
    occupancy *= kept;
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
        letIn.perSecond(nowNanos),
        (long) runs.mean(),
        (long) runs.quantile(0.99));
  }
}
