package dev.snowshed.core.admission;

import dev.snowshed.core.admission.AdmissionSettings.Mode;
import dev.snowshed.core.admission.Rejection.Reason;
import dev.snowshed.core.limit.ConcurrencyLimit;
import dev.snowshed.core.limit.RunQueueWatch;
import dev.snowshed.core.stats.RateMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests run, wait or are refused, over all functions of a host.
 *
 * <p>Two things bound what runs. Each function has a {@link ConcurrencyLimit} of its own, for what
 * only it uses. And no more is let in while enough tasks wait for a processor already, for what all
 * share: what is kept out of that queue can still be ordered, dropped and shared out.
 *
 * <p>Safe for concurrent use. The clock is the caller's: monotonic nanoseconds, the same for all
 * calls.
 */
public final class AdmissionController {
  private static final int INFLIGHT = 1;

  /** One start that needs a processor for all of its time. */
  private static final int WHOLE = 256;

  /**
   * How long tasks that take next to nothing may wait for a processor: a scheduler's time slice.
   */
  private static final double SLICE_SECONDS = 0.001;

  private final AdmissionSettings settings;
  private final HostSignals signals;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<FunctionGate> functions = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> idle = new CompletableFuture<>();

  /** Requests in flight (lower half) and those of them that have not started (upper half). */
  private final AtomicLong load = new AtomicLong();

  private final AtomicInteger retries = new AtomicInteger();
  private final AtomicLong bodyBytes = new AtomicLong();

  /** How many wait. Written under the lock. */
  private final AtomicInteger waiting = new AtomicInteger();

  private volatile boolean closed;

  /** Starts per second, for the run queue that may stand. Guarded by the lock. */
  private final RateMeter starts = new RateMeter(100e6);

  /** Guarded by the lock. */
  private final RunQueueWatch watch = new RunQueueWatch();

  /** Guarded by the lock: how far the service of functions that wait has come. */
  private double virtualTime;

  private volatile int enough;
  private long fadedAt = Long.MIN_VALUE;

  /**
   * A controller.
   *
   * @param settings how it behaves
   * @param signals of the machine
   * @param random spreads retries; used under a lock
   */
  public AdmissionController(
      AdmissionSettings settings, HostSignals signals, RandomGenerator random) {
    this.settings = settings;
    this.signals = signals;
    this.random = random;
    this.enough = enoughFor(0);
  }

  /** A new gate in front of a function without history. */
  public FunctionGate open(String function) {
    return open(function, settings.initialLimit());
  }

  /**
   * A new gate in front of a function.
   *
   * @param initialLimit where its limit begins, such as at what was learnt before a restart; 1 or
   *     more; ignored unless the limit is learnt
   */
  public FunctionGate open(String function, int initialLimit) {
    boolean adaptive = settings.mode() == Mode.ADAPTIVE;
    int most = settings.mode() == Mode.OFF ? Integer.MAX_VALUE : settings.maxConcurrency();
    int initial = adaptive ? Math.min(most, initialLimit) : most;
    FunctionGate gate = new FunctionGate(this, function, new ConcurrencyLimit(initial, most));
    functions.add(gate);
    return gate;
  }

  /**
   * Forgets a function that is gone for good.
   *
   * @return false, and nothing is changed, while requests of it are in flight or wait
   */
  public boolean close(FunctionGate gate) {
    lock.lock();
    try {
      return gate.inflight() == 0 && gate.waiting().size() == 0 && functions.remove(gate);
    } finally {
      lock.unlock();
    }
  }

  // the hot path

  Admission admit(FunctionGate gate, AdmissionRequest request, long nowNanos) {
    if (waiting.get() == 0 && !closed && !gate.queueTime().isStanding() && !isShort(request)) {
      Permit permit = tryPlace(gate, request, nowNanos);
      if (permit != null) {
        return permit;
      }
    }
    return admitSlowly(gate, request, nowNanos);
  }

  /** An admitted request waits for its own bytes, and so not for a processor. */
  void receiving(Permit permit, long nowNanos) {
    leaveRunQueue(permit, nowNanos);
  }

  /** An admitted request waits for a processor again. */
  void received(Permit permit) {
    load.addAndGet(starting(permit.weight()));
  }

  void started(Permit permit, long nowNanos) {
    leaveRunQueue(permit, nowNanos);
  }

  private void leaveRunQueue(Permit permit, long nowNanos) {
    load.addAndGet(-starting(permit.weight()));
    if (waiting.get() > 0) {
      fill(nowNanos, null);
    }
  }

  void ended(
      FunctionGate gate, Permit permit, Permit.Outcome outcome, boolean started, long nowNanos) {
    long now = load.addAndGet(-INFLIGHT - (started ? 0 : starting(permit.weight())));
    if (permit.isRetry()) {
      retries.decrementAndGet();
    }
    if (permit.bodyBytes() > 0) {
      bodyBytes.addAndGet(-permit.bodyBytes());
    }
    if (waiting.get() > 0) {
      List<Runnable> answers = new ArrayList<>();
      lock.lock();
      try {
        if (started) {
          learn(gate, permit, outcome, nowNanos);
          gate.completedLimited(permit, runQueue(), watch, nowNanos);
        }
        Permit _ = fillLocked(nowNanos, null, answers);
      } finally {
        lock.unlock();
      }
      answers.forEach(Runnable::run);
      return;
    }
    if (started && lock.tryLock()) {
      try {
        learn(gate, permit, outcome, nowNanos);
      } finally {
        lock.unlock();
      }
    }
    if (closed && (int) now == 0) {
      idle.complete(null);
    }
  }

  private void learn(FunctionGate gate, Permit permit, Permit.Outcome outcome, long nowNanos) {
    gate.sample(permit, outcome, nowNanos);
    attribute(gate, permit, nowNanos);
  }

  private @Nullable Permit tryPlace(FunctionGate gate, AdmissionRequest request, long nowNanos) {
    if (isBusy() || inflight() >= settings.maxConcurrency()) {
      return null;
    }
    int inflight = gate.tryEnter();
    if (inflight == 0) {
      return null;
    }
    int weight = (int) Math.ceil(WHOLE * gate.processorShare());
    load.addAndGet(starting(weight) + INFLIGHT);
    if (request.isRetry()) {
      retries.incrementAndGet();
    }
    if (request.bodyBytes() > 0) {
      bodyBytes.addAndGet(request.bodyBytes());
    }
    return new Permit(gate, request, nowNanos, inflight, weight);
  }

  /**
   * Whether enough of what has been let in waits for a processor. Each start of a function counts
   * as much as it uses the processors.
   */
  private boolean isBusy() {
    return settings.mode() == Mode.ADAPTIVE && starting() >= (long) enough * WHOLE;
  }

  private long starting() {
    return load.get() >>> 32;
  }

  private static long starting(int weight) {
    return (long) weight << 32;
  }

  private int runQueue() {
    return Math.max((int) (starting() / WHOLE), signals.runQueueLength());
  }

  private boolean isShort(AdmissionRequest request) {
    return request.bodyBytes() > 0
        && bodyBytes.get() + request.bodyBytes() > settings.maxBodyBytes();
  }

  // waiting

  private Admission admitSlowly(FunctionGate gate, AdmissionRequest request, long nowNanos) {
    List<Runnable> answers = new ArrayList<>();
    Admission answer;
    lock.lock();
    try {
      answer = decide(gate, request, nowNanos, answers);
      if (answer instanceof Ticket ticket) {
        Permit permit = fillLocked(nowNanos, ticket, answers);
        if (permit != null) {
          answer = permit;
        }
      }
    } finally {
      lock.unlock();
    }
    answers.forEach(Runnable::run);
    return answer;
  }

  private Admission decide(
      FunctionGate gate, AdmissionRequest request, long nowNanos, List<Runnable> answers) {
    if (closed) {
      return reject(gate, request, Reason.DRAINING);
    }
    if (isShort(request)) {
      return reject(gate, request, Reason.MEMORY);
    }
    if (settings.mode() != Mode.ADAPTIVE) {
      Permit permit = tryPlace(gate, request, nowNanos);
      return permit != null ? permit : reject(gate, request, Reason.QUEUE_FULL);
    }
    long span = request.deadlineNanos() - nowNanos;
    gate.observeSpan((double) span);
    WaitingRoom room = gate.waiting();
    QueueTime time = gate.queueTime();
    double target = targetNanos(gate, gate.spanNanos());
    time.arrives(expectedWait(gate, nowNanos), target, gate.ratePerSecond(nowNanos), nowNanos);
    if (time.isStanding() && request.isRetry() && !mayRetry()) {
      return reject(gate, request, Reason.RETRY_BUDGET);
    }
    if (waiting.get() == 0) {
      Permit permit = tryPlace(gate, request, nowNanos);
      if (permit != null) {
        return permit;
      }
    }
    double allowed =
        time.isStanding()
            ? Math.min(target, targetNanos(gate, (double) span))
            : span - gate.runQuantile(Double.parseDouble(System.getProperty("rq", "0.98")));
    if (span <= gate.runQuantile(0.1)) {
      return reject(gate, request, Reason.DEADLINE);
    }
    boolean fits =
        gate.waitNanos(room.sizeAhead(request.criticality()), nowNanos) <= allowed
            && waiting.get() < settings.maxQueue();
    if (!fits) {
      time.refused(nowNanos);
      if (room.isGreediest(request.criticality(), request.tenant())) {
        return reject(gate, request, Reason.TENANT_SHARE);
      }
      Criticality least = request.criticality();
      Ticket displaced = time.isStanding() || hasLess(room, least) ? room.pollLeast(least) : null;
      if (displaced == null) {
        return reject(gate, request, Reason.QUEUE_FULL);
      }
      waiting.decrementAndGet();
      answers.add(rejection(displaced, Reason.DISPLACED));
    }
    Ticket ticket = new Ticket(gate, request, nowNanos);
    if (room.size() == 0) {
      gate.beginWaiting(nowNanos);
      gate.setVirtualTime(Math.max(gate.virtualTime(), virtualTime));
    }
    room.add(ticket);
    waiting.incrementAndGet();
    return ticket;
  }

  private static boolean hasLess(WaitingRoom room, Criticality than) {
    return room.size() > room.sizeAhead(than);
  }

  private boolean mayRetry() {
    long all = (long) inflight() + waiting.get();
    return retries.get() < Math.max(3, settings.retryShare() * (double) all);
  }

  /** How long a standing queue may take for requests with so much time. */
  private double targetNanos(FunctionGate gate, double spanNanos) {
    double byDeadline = settings.queueShare() * spanNanos;
    double run = gate.runQuantile(0.99);
    return Math.max(1, run == 0 ? byDeadline : Math.min(byDeadline, settings.queueRuns() * run));
  }

  private double expectedWait(FunctionGate gate, long nowNanos) {
    double byRate = gate.waitNanos(gate.waiting().size(), nowNanos);
    if (gate.queueTime().isStanding()) {
      return byRate;
    }
    Ticket oldest = gate.waiting().oldest();
    return Math.max(byRate, oldest == null ? 0 : (double) (nowNanos - oldest.sinceNanos()));
  }

  private void fill(long nowNanos, @Nullable Ticket own) {
    List<Runnable> answers = new ArrayList<>();
    lock.lock();
    try {
      Permit _ = fillLocked(nowNanos, own, answers);
    } finally {
      lock.unlock();
    }
    answers.forEach(Runnable::run);
  }

  /** Lets in whoever can run. Returns the permit of the caller's own ticket, if it got one. */
  private @Nullable Permit fillLocked(long nowNanos, @Nullable Ticket own, List<Runnable> answers) {
    Permit ownPermit = null;
    while (waiting.get() > 0) {
      FunctionGate gate = next();
      if (gate == null || isBusy()) {
        break;
      }
      boolean newestFirst = gate.queueTime().isStanding();
      Ticket ticket = gate.waiting().poll(newestFirst);
      if (ticket == null) {
        break;
      }
      waiting.decrementAndGet();
      if (cannotMeet(gate, ticket, nowNanos)) {
        gate.queueTime().refused(nowNanos);
        endIfEmpty(gate, nowNanos);
        answers.add(rejection(ticket, Reason.DEADLINE));
        continue;
      }
      Permit permit = tryPlace(gate, ticket.request(), nowNanos);
      if (permit == null) {
        // somebody took the place past the queue, which only happens while it begins
        gate.waiting().add(ticket);
        waiting.incrementAndGet();
        break;
      }
      boolean _ = ticket.leave();
      gate.letIn(nowNanos);
      gate.setVirtualTime(gate.virtualTime() + gate.costNanos());
      virtualTime = Math.max(virtualTime, gate.virtualTime() - gate.costNanos());
      if (ticket == own) {
        ownPermit = permit;
      } else {
        answers.add(() -> ticket.request().admitted(permit));
      }
    }
    return ownPermit;
  }

  private void endIfEmpty(FunctionGate gate, long nowNanos) {
    if (gate.waiting().size() == 0) {
      gate.nobodyWaits(nowNanos);
    }
  }

  private boolean cannotMeet(FunctionGate gate, Ticket ticket, long nowNanos) {
    long left = ticket.request().deadlineNanos() - nowNanos;
    if (left <= gate.runQuantile(0.1)) {
      return true;
    }
    long waited = nowNanos - ticket.sinceNanos();
    return gate.queueTime().isStanding()
        && waited
            > Double.parseDouble(System.getProperty("age", "1.75"))
                * gate.queueTime().targetNanos();
  }

  /** The function whose turn it is: of the highest criticality, that with the least service. */
  private @Nullable FunctionGate next() {
    FunctionGate best = null;
    Criticality bestLevel = null;
    for (FunctionGate gate : functions) {
      Criticality level = gate.waiting().highest();
      if (level == null || gate.isFull()) {
        continue;
      }
      int order = bestLevel == null ? -1 : level.compareTo(bestLevel);
      if (best == null || order < 0 || (order == 0 && gate.virtualTime() < best.virtualTime())) {
        best = gate;
        bestLevel = level;
      }
    }
    return best;
  }

  boolean cancel(Ticket ticket, long nowNanos) {
    lock.lock();
    try {
      if (!ticket.leave()) {
        return false;
      }
      ticket.gate().waiting().remove(ticket);
      waiting.decrementAndGet();
      endIfEmpty(ticket.gate(), nowNanos);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private Rejection reject(FunctionGate gate, AdmissionRequest request, Reason reason) {
    gate.countRejection(reason, request.criticality());
    return new Rejection(reason, retryAfter());
  }

  private Runnable rejection(Ticket ticket, Reason reason) {
    boolean _ = ticket.leave();
    Rejection rejection = reject(ticket.gate(), ticket.request(), reason);
    return () -> ticket.request().rejected(rejection);
  }

  private Duration retryAfter() {
    return Duration.ofMillis(1000 + random.nextInt(2000));
  }

  // fair shares

  /** Says what the processors did in the run that has ended. */
  private void attribute(FunctionGate gate, Permit permit, long nowNanos) {
    double memory = 1e9;
    if (fadedAt == Long.MIN_VALUE) {
      fadedAt = nowNanos;
    }
    double elapsed = Math.max(0, nowNanos - fadedAt);
    fadedAt = nowNanos;
    double kept = Math.exp(-elapsed / memory);
    for (FunctionGate each : functions) {
      each.fadeOccupancy(kept);
    }
    double run = Math.max(0, nowNanos - permit.startedNanos() - permit.downstreamNanos());
    gate.occupied(run / memory);
    gate.setProcessorShare(processorShare(gate));
    gate.setCost(cost(gate));
  }

  /**
   * What a request takes of the processors. Where that is not known, since its function waits for
   * other things as well, not more than those of all functions on average.
   */
  private double cost(FunctionGate gate) {
    double own = gate.meanRun() * gate.processorShare();
    if (gate.processorShare() >= 1) {
      return own;
    }
    double completions = 0;
    double busy = 0;
    for (FunctionGate each : functions) {
      if (each.meanRun() > 0) {
        completions += each.occupancy() / each.meanRun();
        busy += each.occupancy() * each.processorShare();
      }
    }
    return completions == 0 ? own : Math.min(own, busy / completions);
  }

  /**
   * Which part of a function's running requests can have had a processor: the processors are shared
   * out evenly, to none more than it has running.
   */
  private double processorShare(FunctionGate gate) {
    if (gate.occupancy() <= 0) {
      return 1;
    }
    double left = signals.processors();
    double level = left;
    int open = functions.size();
    // rises until all is given away; functions below the level keep what they have
    for (int round = 0; round < functions.size(); round++) {
      level = open == 0 ? Double.MAX_VALUE : left / open;
      double given = 0;
      int above = 0;
      for (FunctionGate each : functions) {
        if (each.occupancy() <= level) {
          given += each.occupancy();
        } else {
          above++;
        }
      }
      if (above == open) {
        break;
      }
      open = above;
      left = signals.processors() - given;
    }
    return Math.min(1, level / gate.occupancy());
  }

  // time

  /** Lets time pass: to be called every few milliseconds. */
  public void tick(long nowNanos) {
    if (Boolean.getBoolean("dbg") && nowNanos % 1_000_000_000L == 0)
      for (FunctionGate g : functions) {
        StringBuilder b = new StringBuilder();
        for (Reason r : Reason.values())
          b.append(r + "=" + g.rejections(r, Criticality.CRITICAL) + " ");
        System.out.println(
            "# "
                + nowNanos / 1e9
                + " "
                + g.state(nowNanos)
                + " share="
                + g.processorShare()
                + " occ="
                + g.occupancy()
                + " vt="
                + g.virtualTime() / 1e9
                + " cost="
                + g.costNanos() / 1e6
                + " "
                + b);
      } // DBG
    lock.lock();
    try {
      watch.observe(runQueue(), enough, nowNanos);
      starts.start(nowNanos, 0);
      enough = enoughFor(starts.perSecond(nowNanos));
    } finally {
      lock.unlock();
    }
    if (waiting.get() > 0) {
      fill(nowNanos, null);
    }
    completeIfIdle();
  }

  private int enoughFor(double startsPerSecond) {
    return (int) (Math.ceil(signals.processors() / 2) + Math.ceil(startsPerSecond * SLICE_SECONDS));
  }

  // the door

  /**
   * Refuses new requests from now on. Those that wait may still run. Idempotent.
   *
   * @return completes when nothing is in flight and nobody waits any more
   */
  public CompletableFuture<Void> close() {
    closed = true;
    completeIfIdle();
    return idle.copy();
  }

  private void completeIfIdle() {
    if (closed && inflight() == 0 && waiting.get() == 0) {
      idle.complete(null);
    }
  }

  /** Whether the door is closed. */
  public boolean isClosed() {
    return closed;
  }

  /** What is known now. Takes the lock for a moment. */
  public AdmissionState state(long nowNanos) {
    lock.lock();
    try {
      long now = load.get();
      return new AdmissionState(
          settings.mode(),
          limit(),
          (int) now,
          (int) (starting() / WHOLE),
          enough,
          waiting.get(),
          retries.get(),
          bodyBytes.get(),
          functions.stream().map(gate -> gate.state(nowNanos)).toList());
    } finally {
      lock.unlock();
    }
  }

  /** How many requests are in flight. */
  public int inflight() {
    return (int) load.get();
  }

  /** How many requests wait. */
  public int waiting() {
    return waiting.get();
  }

  /** How many requests may be in flight, over all functions. */
  public int limit() {
    long sum = 0;
    for (FunctionGate gate : functions) {
      sum += gate.limit();
    }
    return (int) Math.min(sum, settings.maxConcurrency());
  }
}
