package dev.snowshed.core.admission;

import dev.snowshed.core.admission.Rejection.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a gate has counted since it was opened. Most of it is read off {@link GateLoad} with each
 * tick, so that a request of the usual criticality that succeeds at first try is counted at no
 * cost. Safe for concurrent use where nothing else is said.
 */
final class GateTally {
  /** Not counted one by one: what is let in and none of the others. */
  private static final Criticality USUAL = Criticality.CRITICAL;

  private static final int ENTERED_MASK = 0xFFFF;

  private final Map<Criticality, LongAdder> unusual = adders();
  private final Map<Criticality, LongAdder> givenUp = adders();
  private final LongAdder retries = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /** Entered and left at once. */
  private final LongAdder bounced = new LongAdder();

  // the rest is guarded by the controller's lock

  private long entered;

  /** Of the usual criticality, those let in. */
  private long usual;

  private int inflight;
  private double runNanos;
  private double runSquareNanos;
  private double downstreamNanos;
  private double inflightNanos;
  private double queuedNanos;
  private long limitedNanos;
  private long observedNanos = Long.MIN_VALUE;

  private static Map<Criticality, LongAdder> adders() {
    Map<Criticality, LongAdder> adders = new EnumMap<>(Criticality.class);
    for (Criticality criticality : Criticality.values()) {
      adders.put(criticality, new LongAdder());
    }
    return adders;
  }

  void letIn(AdmissionRequest request) {
    Criticality criticality = request.criticality();
    if (criticality != USUAL) {
      of(unusual, criticality).increment();
    }
    if (request.isRetry()) {
      retries.increment();
    }
  }

  void refused(AdmissionRequest request) {
    if (request.isRetry()) {
      retries.increment();
    }
  }

  void givenUp(AdmissionRequest request) {
    of(givenUp, request.criticality()).increment();
    if (request.isRetry()) {
      retries.increment();
    }
  }

  void bounced() {
    bounced.increment();
  }

  void failed() {
    failed.increment();
  }

  // under the lock

  /** Runs have ended of which one was looked at. */
  void ran(int runs, double nanos, long downstream) {
    runNanos += runs * nanos;
    runSquareNanos += runs * nanos * nanos;
    downstreamNanos += runs * Math.min(nanos, (double) downstream);
  }

  /**
   * Time has passed.
   *
   * @param waiting how many wait now
   * @param limited whether some waited or were refused for lack of room since the last time
   */
  void observe(GateLoad load, int waiting, boolean limited, long nowNanos) {
    long word = load.entered();
    entered += ((int) (word >>> 32) - (int) entered) & ENTERED_MASK;
    inflight = (int) word;
    usual = Math.max(usual, entered - bounced.sum() - unusuallyLetIn());
    long elapsed = observedNanos == Long.MIN_VALUE ? 0 : Math.max(0, nowNanos - observedNanos);
    inflightNanos += (double) inflight * elapsed;
    queuedNanos += (double) waiting * elapsed;
    limitedNanos += limited ? elapsed : 0;
    observedNanos = nowNanos;
  }

  FunctionCounters read(FunctionGate gate) {
    Map<Criticality, Long> refused = new EnumMap<>(Criticality.class);
    Map<Criticality, Long> offered = new EnumMap<>(Criticality.class);
    for (Criticality criticality : Criticality.values()) {
      refused.put(criticality, refused(gate, criticality));
      offered.put(
          criticality,
          of(unusual, criticality).sum()
              + of(givenUp, criticality).sum()
              + refused(gate, criticality));
    }
    offered.merge(USUAL, usual, Long::sum);
    return new FunctionCounters(
        gate.name(),
        offered,
        refused,
        retries.sum(),
        Math.max(0, entered - inflight - bounced.sum()),
        failed.sum(),
        runNanos,
        runSquareNanos,
        downstreamNanos,
        inflightNanos,
        queuedNanos,
        limitedNanos,
        observedNanos,
        gate.limit(),
        inflight,
        gate.waiting().size(),
        gate.isKneeKnown());
  }

  private long unusuallyLetIn() {
    return unusual.values().stream().mapToLong(LongAdder::sum).sum();
  }

  private static long refused(FunctionGate gate, Criticality criticality) {
    long sum = 0;
    for (Reason reason : Reason.values()) {
      sum += gate.rejections(reason, criticality);
    }
    return sum;
  }

  @SuppressWarnings("NullAway") // every key is there from the start
  private static LongAdder of(Map<Criticality, LongAdder> adders, Criticality criticality) {
    return adders.get(criticality);
  }
}
