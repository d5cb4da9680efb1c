package dev.snowshed.core.admission;

import dev.snowshed.core.admission.AdmissionSettings.Mode;
import dev.snowshed.core.admission.Permit.Outcome;
import dev.snowshed.core.admission.Rejection.Reason;
import dev.snowshed.core.limit.ConcurrencyLimit;
import dev.snowshed.core.limit.ProcessorWatch;
import dev.snowshed.core.limit.Tuning;
import dev.snowshed.core.limit.Tuning.Parameter;
import dev.snowshed.core.stats.RateMeter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests run, wait or are refused, over all functions of a host.
 *
 * <p>Two things bound what runs. Each function has a {@link ConcurrencyLimit} of its own, for what
 * only it uses. And no more is let in while enough of what was let in waits for a processor, for
 * what all share: what is kept out of that queue can still be ordered, dropped and shared out. Who
 * has to wait does so in its function's {@link WaitingRoom}, for as long as {@link QueueTime}
 * allows; whose turn it is among functions, {@link Shares} says.
 *
 * <p>Safe for concurrent use: while nobody waits, no call takes the lock. The clock is the
 * caller's: monotonic nanoseconds, the same for all calls. Callbacks are made after the lock has
 * been released.
 */
public final class AdmissionController {
  private static final double LEAST_PROCESSORS = 1e-3;
  private static final double MOST_PROCESSORS = 1e6;

  /** What is still to be answered by a thread that calls back. */
  private static final ThreadLocal<@Nullable Deque<Runnable>> DELIVERING = new ThreadLocal<>();

  private final AdmissionSettings settings;
  private final Tuning tuning;
  private final boolean adaptive;

  /** Between two runs that are learnt from while nobody waits. */
  private final long samplingNanos;

  private final long relaxNanos;
  private final double leastRetries;

  /** The quantile of run times that bounds the target. */
  private final double longRun;

  private final HostSignals signals;
  private final RetryAfter retryAfter;
  private final ReentrantLock lock = new ReentrantLock();
  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private final CarriedLoad carried = new CarriedLoad();
  private final AtomicInteger retries = new AtomicInteger();
  private final AtomicLong bodyBytes = new AtomicLong();

  /** How many wait. Written under the lock. */
  private final AtomicInteger waiting = new AtomicInteger();

  /** How many starts may wait for a processor before no more are let in. Written under the lock. */
  private volatile int enough;

  /** Written by {@link #tick}. */
  private volatile MemoryLevel memory = MemoryLevel.PLENTY;

  private volatile boolean closed;

  /** Replaced under the lock, never changed: read with each request. */
  private volatile FunctionGate[] functions = {};

  /**
   * When a run was last learnt from; written under the lock, read without: an old value is fine.
   */
  private long learntAt;

  // the rest is guarded by the lock

  private final Shares shares;
  private final ProcessorWatch watch;
  private final RateMeter starts;
  private long relaxedAt = Long.MIN_VALUE;

  /** Bodies of those that wait. */
  private long waitingBodyBytes;

  /** How many of those that wait are retries. */
  private int waitingRetries;

  /**
   * A controller.
   *
   * @param settings how it behaves
   * @param signals of the machine
   * @param random spreads retries; used under the lock
   */
  public AdmissionController(
      AdmissionSettings settings, HostSignals signals, RandomGenerator random) {
    this.settings = settings;
    this.tuning = settings.tuning();
    this.adaptive = settings.mode() == Mode.ADAPTIVE;
    this.samplingNanos = nanos(Parameter.SAMPLING);
    this.relaxNanos = nanos(Parameter.RELAX);
    this.leastRetries = tuning.get(Parameter.LEAST_RETRIES);
    this.longRun = 1 - tuning.get(Parameter.TAIL);
    this.starts = new RateMeter(nanos(Parameter.STARTS_MEMORY));
    this.signals = signals;
    this.watch = new ProcessorWatch(tuning);
    this.retryAfter = new RetryAfter(random);
    this.shares = new Shares(nanos(Parameter.SHARE_MEMORY));
    this.enough = enoughFor(0);
  }

  /** A constant that is given in seconds. */
  private long nanos(Parameter seconds) {
    return Math.round(tuning.get(seconds) * 1e9);
  }

  /** A new gate in front of a function without history. */
  public FunctionGate open(String function) {
    return open(function, settings.initialLimit());
  }

  /**
   * A new gate in front of a function.
   *
   * @param initialLimit where its limit begins, such as at what was learnt before a restart; what
   *     is out of range is brought into it; ignored unless the limit is learnt
   */
  public FunctionGate open(String function, int initialLimit) {
    int most = settings.mode() == Mode.OFF ? Integer.MAX_VALUE : settings.maxConcurrency();
    int initial = adaptive ? Math.clamp(initialLimit, 1, most) : most;
    lock.lock();
    try {
      FunctionGate gate =
          new FunctionGate(
              this, function, shares.open(), new ConcurrencyLimit(initial, most, tuning), tuning);
      List<FunctionGate> all = new ArrayList<>(List.of(functions));
      all.add(gate);
      functions = all.toArray(FunctionGate[]::new);
      return gate;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Forgets a function that is gone for good. What asks for it later is refused.
   *
   * @return false, and nothing is changed, while requests of it are in flight or wait
   */
  public boolean close(FunctionGate gate) {
    lock.lock();
    try {
      List<FunctionGate> others = new ArrayList<>(List.of(functions));
      if (gate.inflight() > 0 || gate.waiting().size() > 0 || !others.remove(gate)) {
        return false;
      }
      functions = others.toArray(FunctionGate[]::new);
      gate.close();
      shares.close(gate.share());
      return true;
    } finally {
      lock.unlock();
    }
  }

  // admitting

  Admission admit(FunctionGate gate, AdmissionRequest request, long nowNanos) {
    if (waiting.get() == 0
        && gate.isPassing()
        && !closed
        && !isPast(request, nowNanos)
        && !isShortOfMemory(request, 0)) {
      Permit permit = tryEnter(gate, request);
      if (permit != null && !closed) {
        return permit;
      }
      if (permit != null) {
        // the door was closed meanwhile, by somebody who may not have seen it enter
        boolean _ = permit.end(Outcome.IGNORE, nowNanos);
      }
    }
    List<Runnable> answers = new ArrayList<>();
    Admission answer;
    lock.lock();
    try {
      answer = decide(gate, request, nowNanos, answers);
    } finally {
      lock.unlock();
    }
    deliver(answers);
    return answer;
  }

  private @Nullable Permit tryEnter(FunctionGate gate, AdmissionRequest request) {
    if (isBusy(gate.pool())) {
      return null;
    }
    int weight = gate.share().weight();
    int inflight = gate.load().tryEnter(gate.limit(), weight);
    if (inflight == 0) {
      return null;
    }
    if (isAboveCeiling()) {
      gate.tally().bounced();
      gate.load().leave(weight);
      return null;
    }
    gate.tally().letIn(request);
    if (request.isRetry()) {
      retries.incrementAndGet();
    }
    if (request.bodyBytes() > 0) {
      bodyBytes.addAndGet(request.bodyBytes());
    }
    return new Permit(gate, request, inflight, weight);
  }

  /** Whether enough of what was let in waits for a processor, or for another thread to start on. */
  private boolean isBusy(Pool pool) {
    return adaptive && starting(pool) >= (long) enough * GateLoad.WHOLE;
  }

  private long starting(Pool pool) {
    long sum = 0;
    for (FunctionGate gate : functions) {
      sum += gate.pool() == pool ? gate.load().starting() : 0;
    }
    return sum;
  }

  /** The weights of those that start. */
  private long starting() {
    return starting(Pool.SHARED) + starting(Pool.PLATFORM);
  }

  /** A single function is held below by its own limit. */
  private boolean isAboveCeiling() {
    return functions.length > 1 && isBounded() && inflight() > settings.maxConcurrency();
  }

  private boolean isAtCeiling() {
    return isBounded() && inflight() >= settings.maxConcurrency();
  }

  private boolean isBounded() {
    return settings.mode() != Mode.OFF;
  }

  private static boolean isPast(AdmissionRequest request, long nowNanos) {
    return request.deadlineNanos() - nowNanos <= 0;
  }

  private boolean isShortOfMemory(AdmissionRequest request, long waitingBytes) {
    return (memory != MemoryLevel.PLENTY && !memory.admits(request.criticality()))
        || (request.bodyBytes() > 0
            && request.bodyBytes() > settings.maxBodyBytes() - bodyBytes.get() - waitingBytes);
  }

  boolean holdBody(long bytes) {
    if (bodyBytes.addAndGet(bytes) <= settings.maxBodyBytes()) {
      return true;
    }
    bodyBytes.addAndGet(-bytes);
    return false;
  }

  void releaseBody(long bytes) {
    bodyBytes.addAndGet(-bytes);
  }

  private void beginsToWait(Ticket ticket) {
    waitingBodyBytes += Math.max(0, ticket.request().bodyBytes());
    waitingRetries += ticket.request().isRetry() ? 1 : 0;
    waiting.incrementAndGet();
  }

  private void waitsNoLonger(Ticket ticket) {
    waitingBodyBytes -= Math.max(0, ticket.request().bodyBytes());
    waitingRetries -= ticket.request().isRetry() ? 1 : 0;
    waiting.decrementAndGet();
  }

  private Admission decide(
      FunctionGate gate, AdmissionRequest request, long nowNanos, List<Runnable> answers) {
    if (closed || gate.isClosed()) {
      return reject(gate, request, Reason.DRAINING, nowNanos);
    }
    if (isShortOfMemory(request, waitingBodyBytes)) {
      return reject(gate, request, Reason.MEMORY, nowNanos);
    }
    if (isBounded() && isPast(request, nowNanos)) {
      return rejectPast(gate, request, nowNanos);
    }
    if (!adaptive) {
      Permit permit = tryEnter(gate, request);
      return permit != null ? permit : reject(gate, request, Reason.QUEUE_FULL, nowNanos);
    }
    double span = (double) (request.deadlineNanos() - nowNanos);
    QueueTime time = gate.queueTime();
    double meanSpan = gate.observeSpan(span);
    double target = targetNanos(gate, meanSpan);
    time.arrives(
        expectedWaitNanos(gate, nowNanos),
        target,
        meanSpan,
        gate.letInPerSecond(nowNanos),
        nowNanos);
    if (time.isStanding() && request.isRetry() && hasEnoughRetries()) {
      return reject(gate, request, Reason.RETRY_BUDGET, nowNanos);
    }
    if (waiting.get() == 0) {
      Permit permit = tryEnter(gate, request);
      if (permit != null) {
        return permit;
      }
    }
    if (span <= gate.runNanos(tuning.get(Parameter.HOPE))) {
      return reject(gate, request, Reason.DEADLINE, nowNanos);
    }
    double allowed =
        time.isStanding()
            ? Math.min(target, targetNanos(gate, span))
            : span - gate.runNanos(1 - tuning.get(Parameter.RISK));
    Reason reason = makeRoom(gate, request, allowed, nowNanos, answers);
    return reason == null
        ? enqueue(gate, request, nowNanos, answers)
        : reject(gate, request, reason, nowNanos);
  }

  /**
   * Finds a place in the waiting room, if need be that of another.
   *
   * @return why there is none; null if there is
   */
  private @Nullable Reason makeRoom(
      FunctionGate gate,
      AdmissionRequest request,
      double allowedNanos,
      long nowNanos,
      List<Runnable> answers) {
    WaitingRoom room = gate.waiting();
    int ahead = room.sizeAhead(request.criticality());
    if (gate.waitNanos(ahead, nowNanos) <= allowedNanos) {
      if (waiting.get() < settings.maxQueue()) {
        return null;
      }
      Ticket displaced = pollFromLargerRoom(room.size() + 1, request.criticality());
      if (displaced != null) {
        displaced.gate().queueTime().refused(nowNanos);
        displace(displaced, nowNanos, answers);
        return null;
      }
    }
    gate.queueTime().refused(nowNanos);
    if (room.isGreediest(request.criticality(), request.tenant())) {
      return Reason.TENANT_SHARE;
    }
    boolean someMatterLess = room.size() > ahead;
    boolean displaces =
        gate.queueTime().isStanding()
            || someMatterLess
            || room.hasSeveralTenants(request.criticality());
    Ticket displaced = displaces ? room.pollLeast(request.criticality()) : null;
    if (displaced == null) {
      return Reason.QUEUE_FULL;
    }
    displace(displaced, nowNanos, answers);
    return null;
  }

  /** Of the function that has the most waiting, and more than so many; null if there is none. */
  private @Nullable Ticket pollFromLargerRoom(int size, Criticality most) {
    WaitingRoom largest = null;
    for (FunctionGate each : functions) {
      WaitingRoom room = each.waiting();
      if (room.size() > (largest == null ? size : largest.size())) {
        largest = room;
      }
    }
    return largest == null ? null : largest.pollLeast(most);
  }

  private void displace(Ticket ticket, long nowNanos, List<Runnable> answers) {
    waitsNoLonger(ticket);
    answers.add(rejection(ticket, Reason.DISPLACED, nowNanos));
  }

  private Admission enqueue(
      FunctionGate gate, AdmissionRequest request, long nowNanos, List<Runnable> answers) {
    if (gate.waiting().size() == 0) {
      gate.beginWaiting(nowNanos);
      shares.begin(gate.share());
    }
    Ticket ticket = new Ticket(gate, request, nowNanos);
    gate.waiting().add(ticket);
    beginsToWait(ticket);
    // what ended before it was seen waiting woke nobody
    Permit permit = fill(nowNanos, ticket, answers);
    return permit != null ? permit : ticket;
  }

  private boolean hasEnoughRetries() {
    double all = inflight() + (double) waiting.get();
    return retries.get() + waitingRetries >= Math.max(leastRetries, settings.retryShare() * all);
  }

  /** How long a standing queue may take for requests with so much time. */
  private double targetNanos(FunctionGate gate, double spanNanos) {
    double byDeadline = settings.queueShare() * spanNanos;
    double run = gate.runNanos(longRun);
    return Math.max(1, run == 0 ? byDeadline : Math.min(byDeadline, settings.queueRuns() * run));
  }

  private static double expectedWaitNanos(FunctionGate gate, long nowNanos) {
    double behindAll = gate.waitNanos(gate.waiting().size(), nowNanos);
    Ticket oldest = gate.waiting().oldest();
    return oldest == null || gate.queueTime().isStanding()
        ? behindAll
        : Math.max(behindAll, (double) (nowNanos - oldest.sinceNanos()));
  }

  // letting in who waits

  private void fillAndAnswer(long nowNanos) {
    List<Runnable> answers = new ArrayList<>();
    lock.lock();
    try {
      Permit _ = fill(nowNanos, null, answers);
    } finally {
      lock.unlock();
    }
    deliver(answers);
  }

  /**
   * Lets in whoever can run.
   *
   * @param own the ticket of a caller that is told by the result, and not by a callback
   * @return the permit of that ticket, if it has got one
   */
  private @Nullable Permit fill(long nowNanos, @Nullable Ticket own, List<Runnable> answers) {
    Permit ownPermit = null;
    while (waiting.get() > 0 && !isAtCeiling()) {
      FunctionGate gate = next();
      if (gate == null) {
        break;
      }
      boolean newestFirst = gate.queueTime().isStanding();
      Ticket ticket = gate.waiting().poll(newestFirst);
      if (ticket == null) {
        break;
      }
      if (isTooLate(gate, ticket, nowNanos)) {
        waitsNoLonger(ticket);
        gate.queueTime().refused(nowNanos);
        gate.endWaitingIfEmpty(nowNanos);
        answers.add(rejection(ticket, Reason.DEADLINE, nowNanos));
        continue;
      }
      Permit permit = tryEnter(gate, ticket.request());
      if (permit == null) {
        // somebody came in who had looked before anybody waited
        gate.waiting().putBack(ticket, newestFirst);
        break;
      }
      waitsNoLonger(ticket);
      boolean _ = ticket.leave();
      shares.charge(gate.share());
      gate.letIn(nowNanos);
      if (ticket == own) {
        ownPermit = permit;
      } else {
        answers.add(() -> tell(ticket.request(), permit, nowNanos));
      }
    }
    return ownPermit;
  }

  /**
   * The function whose turn it is: of the highest criticality, that with the least service. None
   * that has no place, or whose threads others wait for.
   */
  private @Nullable FunctionGate next() {
    boolean sharedIsBusy = isBusy(Pool.SHARED);
    boolean platformIsBusy = isBusy(Pool.PLATFORM);
    FunctionGate best = null;
    Criticality bestLevel = null;
    for (FunctionGate gate : functions) {
      Criticality level = gate.waiting().highest();
      boolean busy = gate.pool() == Pool.SHARED ? sharedIsBusy : platformIsBusy;
      if (level == null || busy || gate.isFull()) {
        continue;
      }
      int order = bestLevel == null ? -1 : level.compareTo(bestLevel);
      if (best == null
          || order < 0
          || (order == 0 && gate.share().virtualTime() < best.share().virtualTime())) {
        best = gate;
        bestLevel = level;
      }
    }
    return best;
  }

  private boolean isTooLate(FunctionGate gate, Ticket ticket, long nowNanos) {
    double left = (double) (ticket.request().deadlineNanos() - nowNanos);
    if (left <= gate.runNanos(tuning.get(Parameter.HOPE))) {
      return true;
    }
    double waited = (double) (nowNanos - ticket.sinceNanos());
    QueueTime time = gate.queueTime();
    return time.isStanding() && waited > tuning.get(Parameter.OLDEST) * time.targetNanos();
  }

  // what those that were let in do

  void leaveRunQueue(Permit permit, long nowNanos) {
    permit.gate().load().leaveRunQueue(permit.weight());
    if (waiting.get() > 0) {
      fillAndAnswer(nowNanos);
    }
  }

  void enterRunQueue(Permit permit) {
    permit.gate().load().enterRunQueue(permit.weight());
  }

  /**
   * A request has given its permit back.
   *
   * @param starting what it still counts among those that start
   * @param outcome how it ended
   */
  void ended(Permit permit, int starting, Outcome outcome, long nowNanos) {
    if (permit.isRetry()) {
      retries.decrementAndGet();
    }
    if (permit.bodyBytes() > 0) {
      releaseBody(permit.bodyBytes());
    }
    if (outcome != Outcome.SUCCESS) {
      permit.gate().tally().failed();
    }
    permit.gate().load().leave(starting);
    if (waiting.get() > 0 || (adaptive && permit.gate().keepsOut())) {
      learnAndFill(permit, outcome, nowNanos);
    } else if (outcome != Outcome.IGNORE) {
      learnIfDue(permit, outcome, nowNanos);
    }
    completeIfIdle();
  }

  /**
   * While nobody waits, a sample of the runs is enough, and one that finds the lock taken is left
   * out.
   */
  private void learnIfDue(Permit permit, Outcome outcome, long nowNanos) {
    long gap = nowNanos - learntAt;
    if ((gap >= 0 && gap < samplingNanos) || !lock.tryLock()) {
      return;
    }
    try {
      learn(permit, nowNanos);
      if (outcome == Outcome.SUCCESS) {
        permit.gate().ranFreely(permit, nowNanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private void learnAndFill(Permit permit, Outcome outcome, long nowNanos) {
    List<Runnable> answers = new ArrayList<>();
    lock.lock();
    try {
      if (outcome != Outcome.IGNORE) {
        learn(permit, nowNanos);
        permit.gate().ranWhileFull(permit, outcome == Outcome.SUCCESS, runQueue(), watch, nowNanos);
      }
      Permit _ = fill(nowNanos, null, answers);
    } finally {
      lock.unlock();
    }
    deliver(answers);
  }

  private void learn(Permit permit, long nowNanos) {
    double run = (double) (nowNanos - permit.startedNanos());
    if (run < 0) {
      return;
    }
    learntAt = nowNanos;
    FunctionGate gate = permit.gate();
    int runs = gate.ran(run, permit.inflight(), permit.downstreamNanos());
    starts.events(runs, nowNanos);
    shares.ran(
        gate.share(),
        runs * (run - permit.downstreamNanos()),
        gate.meanRunNanos(),
        processors(),
        nowNanos);
  }

  /** As signalled; one if the signal is no number above 0. */
  private double processors() {
    double signalled = signals.processors();
    return signalled > 0 ? Math.clamp(signalled, LEAST_PROCESSORS, MOST_PROCESSORS) : 1;
  }

  private int runQueue() {
    return Math.max((int) (starting() / GateLoad.WHOLE), signals.runQueueLength());
  }

  // refusing

  boolean cancel(Ticket ticket, long nowNanos) {
    lock.lock();
    try {
      if (!ticket.leave()) {
        return false;
      }
      ticket.gate().waiting().remove(ticket);
      waitsNoLonger(ticket);
      ticket.gate().tally().givenUp(ticket.request());
      ticket.gate().endWaitingIfEmpty(nowNanos);
    } finally {
      lock.unlock();
    }
    completeIfIdle();
    return true;
  }

  private Rejection reject(
      FunctionGate gate, AdmissionRequest request, Reason reason, long nowNanos) {
    gate.countRejection(reason, request);
    return new Rejection(reason, retryAfter.next(nowNanos));
  }

  private Rejection rejectPast(FunctionGate gate, AdmissionRequest request, long nowNanos) {
    gate.countPast(request.criticality());
    return new Rejection(Reason.DEADLINE, retryAfter.next(nowNanos));
  }

  private Runnable rejection(Ticket ticket, Reason reason, long nowNanos) {
    boolean _ = ticket.leave();
    Rejection rejection = reject(ticket.gate(), ticket.request(), reason, nowNanos);
    return () -> ticket.request().rejected(rejection);
  }

  private static void tell(AdmissionRequest request, Permit permit, long nowNanos) {
    try {
      request.admitted(permit);
    } catch (RuntimeException e) {
      boolean _ = permit.end(Outcome.IGNORE, nowNanos);
      throw e;
    }
  }

  /**
   * Calls back. What a callback causes, such as by ending its permit at once, is answered after it
   * and not within it, or a long queue would exhaust the stack.
   */
  private void deliver(List<Runnable> answers) {
    Deque<Runnable> outer = DELIVERING.get();
    if (outer != null) {
      outer.addAll(answers);
    } else if (!answers.isEmpty()) {
      deliverAll(new ArrayDeque<>(answers));
    }
  }

  private void deliverAll(Deque<Runnable> answers) {
    RuntimeException failure = null;
    DELIVERING.set(answers);
    try {
      for (Runnable next = answers.poll(); next != null; next = answers.poll()) {
        try {
          next.run();
        } catch (RuntimeException e) {
          failure = failure == null ? e : failure;
        }
      }
    } finally {
      DELIVERING.remove();
    }
    if (failure != null) {
      throw failure;
    }
  }

  // time

  /** Lets time pass: to be called every few milliseconds. */
  public void tick(long nowNanos) {
    memory = MemoryLevel.of(signals.memoryPressure());
    List<Runnable> answers = new ArrayList<>();
    lock.lock();
    try {
      dropLate(nowNanos, answers);
      starts.start(nowNanos, 0);
      enough = enoughFor(starts.perSecond(nowNanos));
      watch.observe(runQueue(), enough, nowNanos);
      watch.look(signals::processorNanos, processors(), nowNanos);
      carried.observe(inflight(), waiting.get());
      for (FunctionGate gate : functions) {
        gate.observe(nowNanos);
      }
      if (relaxedAt == Long.MIN_VALUE) {
        relaxedAt = nowNanos;
      } else if (nowNanos - relaxedAt >= relaxNanos) {
        relaxedAt = nowNanos;
        if (adaptive) {
          for (FunctionGate gate : functions) {
            gate.relax();
          }
        }
      }
    } finally {
      lock.unlock();
    }
    deliver(answers);
    if (waiting.get() > 0) {
      fillAndAnswer(nowNanos);
    }
    completeIfIdle();
  }

  /** Answers those whose deadline came before their turn, which in a standing queue may not. */
  private void dropLate(long nowNanos, List<Runnable> answers) {
    if (waiting.get() == 0) {
      return;
    }
    for (FunctionGate gate : functions) {
      for (Ticket ticket : gate.waiting().late(nowNanos)) {
        gate.waiting().remove(ticket);
        waitsNoLonger(ticket);
        gate.queueTime().refused(nowNanos);
        gate.endWaitingIfEmpty(nowNanos);
        answers.add(rejection(ticket, Reason.DEADLINE, nowNanos));
      }
    }
  }

  private int enoughFor(double startsPerSecond) {
    double forEach = Math.ceil(tuning.get(Parameter.READY_PER_PROCESSOR) * processors());
    return (int) (forEach + Math.ceil(startsPerSecond * tuning.get(Parameter.SLICE)));
  }

  // the door

  /**
   * Refuses new requests from now on. Those that wait may still run. Idempotent.
   *
   * @return completes when nothing is in flight and nobody waits any more
   */
  public CompletableFuture<Void> close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    completeIfIdle();
    return idle.copy();
  }

  private void completeIfIdle() {
    // in this order: who waits no longer is in flight before
    if (closed && waiting.get() == 0 && inflight() == 0) {
      idle.complete(null);
    }
  }

  /** Whether the door is closed. */
  public boolean isClosed() {
    return closed;
  }

  // what is known

  /** What is known now. Takes the lock for a moment. */
  public AdmissionState state(long nowNanos) {
    lock.lock();
    try {
      return new AdmissionState(
          settings.mode(),
          limit(),
          inflight(),
          (int) (starting() / GateLoad.WHOLE),
          enough,
          waiting.get(),
          retries.get(),
          bodyBytes.get(),
          Arrays.stream(functions).map(gate -> gate.state(nowNanos)).toList());
    } finally {
      lock.unlock();
    }
  }

  /** What every function's gate has counted, as of the last tick. Takes the lock for a moment. */
  public List<FunctionCounters> counters() {
    lock.lock();
    try {
      return Arrays.stream(functions).map(FunctionGate::counters).toList();
    } finally {
      lock.unlock();
    }
  }

  /** How many requests are in flight. */
  public int inflight() {
    int sum = 0;
    for (FunctionGate gate : functions) {
      sum += gate.inflight();
    }
    return sum;
  }

  /** How many requests wait. */
  public int waiting() {
    return waiting.get();
  }

  /**
   * How many requests may be in flight: the sum of the functions' limits, or as many as were in
   * flight when others last had to wait, whichever is less.
   */
  public int limit() {
    long sum = 0;
    for (FunctionGate gate : functions) {
      sum += gate.limit();
    }
    int most = isBounded() ? settings.maxConcurrency() : Integer.MAX_VALUE;
    return carried.orAtMost(Math.clamp(sum, 1, most));
  }
}
