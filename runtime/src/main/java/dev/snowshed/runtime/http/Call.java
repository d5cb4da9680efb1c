package dev.snowshed.runtime.http;

import dev.snowshed.core.admission.Admission;
import dev.snowshed.core.admission.Permit;
import dev.snowshed.core.admission.Rejection;
import dev.snowshed.core.admission.Ticket;
import dev.snowshed.function.Cancellation;
import dev.snowshed.function.Configuration;
import dev.snowshed.function.Context;
import dev.snowshed.function.Criticality;
import dev.snowshed.function.Deadline;
import dev.snowshed.function.Dependency;
import dev.snowshed.function.DependencyException;
import dev.snowshed.function.Execution;
import dev.snowshed.function.ProblemException;
import dev.snowshed.function.Request;
import dev.snowshed.function.TraceContext;
import dev.snowshed.function.spi.Payload;
import dev.snowshed.runtime.admission.Door;
import dev.snowshed.runtime.dependency.CallDependencies;
import dev.snowshed.runtime.dependency.Injections;
import dev.snowshed.runtime.dependency.spans.ClientSpans;
import dev.snowshed.runtime.dependency.spans.SpanOwner;
import dev.snowshed.runtime.dependency.spans.SpanRoot;
import dev.snowshed.runtime.loading.LoadedFunction;
import dev.snowshed.runtime.logging.CurrentCall;
import io.netty.util.Timeout;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One call of a function: from its question for admission, over its run, to the return of its
 * permit.
 *
 * <pre>
 *   WAITING --admitted--> RECEIVING --start--> RUNNING --over--> OVER
 *      |                      |                                   ^
 *      +--- rejected, gone ---+------- cancelled before start ----+
 * </pre>
 *
 * It waits only if there is no place for it, its body unread. A call that is given up while it
 * waits ends at once if its ticket can be cancelled; else its admission or rejection is under way,
 * and ends it.
 *
 * <p>Answering is independent of that: a deadline answers a call that still runs, and interrupts
 * it. The permit and the bundle's lease are returned when the call is OVER, and only then.
 */
final class Call implements Context, Cancellation, CurrentCall.Scope, SpanOwner {
  private static final Logger LOG = Logger.getLogger(Call.class);

  /**
   * A failure this close to the deadline is the deadline's: the calls a function makes share it.
   */
  private static final long LAST_MOMENT_NANOS = 10_000_000;

  /** The outcome by which a call that has met a fault of a drill is counted. */
  private static final String DRILLED = "drilled";

  /** How deep in a failure its reason is looked for. */
  private static final int MOST_CAUSES = 8;

  private enum Phase {
    WAITING,
    RECEIVING,
    RUNNING,
    OVER
  }

  /** What the caller of a call was told. */
  private enum Told {
    /** Nothing, or the caller has left. */
    NOTHING,
    GOOD,
    FAILED
  }

  private final CallServices services;
  private final Exchange exchange;
  private final LoadedFunction function;
  private final Door door;
  private final CallHead head;
  private final Deadline deadline;

  /** Null until admitted. Written on the event loop, under this once others know the call. */
  private @Nullable Permit permit;

  /** Null unless the call had to wait. Written once, on the event loop. */
  private @Nullable Ticket ticket;

  /** Guarded by this. */
  private Phase phase = Phase.RECEIVING;

  /** Guarded by this: what is held of a body beyond what was announced. */
  private long unannouncedBytes;

  /** Guarded by this: given up while it waited. */
  private boolean abandoned;

  /** Guarded by this: the thread to interrupt, while the function's code runs on one. */
  private @Nullable Thread runner;

  /** Guarded by this. */
  private @Nullable List<Runnable> onCancel;

  /** Guarded by this. */
  private boolean stuck;

  /** Written under this. */
  private volatile boolean cancelled;

  /** Guarded by this; made when first asked for. */
  private @Nullable TraceContext trace;

  /** Guarded by this; made when first asked for. */
  private @Nullable Map<String, Object> attributes;

  /** Guarded by this; made when first asked for, or when the call takes part in a drill. */
  private @Nullable CallDependencies dependencies;

  /** Guarded by this; made when a function that uses OpenTelemetry asks for it. */
  private @Nullable SpanRoot spanRoot;

  /** Guarded by this: what its caller was told, as far as that tells of its dependencies. */
  private Told told = Told.NOTHING;

  /** Guarded by this: what it goes through in a drill; null for nothing. */
  private @Nullable Injections drill;

  private long begunNanos;

  private @Nullable BodyStream stream;
  private @Nullable Timeout timeout;

  Call(
      CallServices services, Exchange exchange, LoadedFunction function, Door door, CallHead head) {
    this.services = services;
    this.exchange = exchange;
    this.function = function;
    this.door = door;
    this.head = head;
    this.deadline = Deadline.at(head.deadlineNanos(), System::nanoTime);
    head.belongsTo(this);
  }

  /**
   * Asks for admission, and goes on from there. Takes over the bundle's lease. On the event loop.
   */
  void ask() {
    services.traffic().offer();
    Admission admission = door.gate().admit(head, head.arrivedNanos());
    switch (admission) {
      case Permit granted -> {
        permit = granted;
        watch();
        goOn();
      }
      case Ticket place -> {
        ticket = place;
        synchronized (this) {
          phase = Phase.WAITING;
        }
        watch();
      }
      case Rejection rejection -> turnAway(rejection);
    }
  }

  /** It may run after all. On any thread. */
  void admitted(Permit granted) {
    exchange.loop().runLater(() -> enter(granted));
  }

  /** It has waited in vain. On any thread. */
  void rejected(Rejection rejection) {
    exchange
        .loop()
        .runLater(
            () -> {
              recordWait("rejected");
              turnAway(rejection);
            });
  }

  /** The wait has an end. On the event loop. */
  private void enter(Permit granted) {
    boolean tooLate;
    synchronized (this) {
      permit = granted;
      tooLate = abandoned;
      phase = tooLate ? phase : Phase.RECEIVING;
    }
    recordWait(tooLate ? "gone" : "admitted");
    if (tooLate) {
      door.meters().started();
      over(Permit.Outcome.DROPPED);
    } else {
      goOn();
    }
  }

  /** Goes on, unless the function could only fail. On the event loop. */
  private void goOn() {
    String missing = services.dependencies().missing(function);
    Injections marked = services.dependencies().injections(head.drillMark(), functionName());
    if (marked != null) {
      synchronized (this) {
        drill = marked;
      }
    }
    if (missing.isEmpty() || marked != null) {
      receive();
    } else {
      turnAway(missing);
    }
  }

  /** Answers that the function cannot do its work now, its body unread. */
  private void turnAway(String missing) {
    door.meters().started();
    exchange.markRefused();
    boolean _ =
        refuse(
            withoutDependency(
                "Dependency '" + missing + "', which the function needs, is in trouble."));
    skip(Permit.Outcome.IGNORE);
  }

  /** Answers that the call was not admitted, and ends it. On the event loop. */
  private void turnAway(Rejection rejection) {
    door.meters().rejected(rejection.reason(), head.criticality());
    services.traffic().refuse();
    if (rejection.reason() == Rejection.Reason.DEADLINE && deadline.isExpired()) {
      boolean _ = refuse(late());
    } else if (exchange.claim()) {
      Overload overload = Overload.answerTo(rejection.reason());
      recordAnswer(overload.reason().label());
      exchange.markRefused();
      exchange.send(overload.answer(rejection.retryAfter(), requestId()));
    }
    over(Permit.Outcome.DROPPED);
  }

  /** Watches the deadline and the caller. On the event loop. */
  private void watch() {
    long delay = Math.max(0, head.deadlineNanos() - System.nanoTime());
    timeout = services.timer().newTimeout(_ -> expire(), delay, TimeUnit.NANOSECONDS);
    exchange.request().response().exceptionHandler(this::abandon);
    exchange.request().exceptionHandler(this::abandon);
    exchange.request().response().closeHandler(_ -> abandon(null));
  }

  /** Receives the body. On the event loop. */
  private void receive() {
    door.meters().started();
    if (exchange.request().headers().contains("expect", "100-continue", true)) {
      exchange.request().response().writeContinue();
    }
    if (streams(function)) {
      BodyStream body =
          BodyStream.open(
              exchange.request(), exchange.loop(), function.maxBodyBytes(), this::bodyTooLarge);
      stream = body;
      start(Buffer.buffer(), new RawRequest(exchange.request(), head.pathBelow(), body));
    } else {
      BodyReader.read(
          exchange.request(),
          function.maxBodyBytes(),
          new BodyReader.Receiver() {
            @Override
            public void received(Buffer body) {
              start(body, RawRequest.complete(exchange.request(), head.pathBelow(), body));
            }

            @Override
            public void tooLarge() {
              bodyTooLarge();
              skip(Permit.Outcome.IGNORE);
            }

            @Override
            public boolean holds(int bytes) {
              if (head.bodyBytes() > 0 || hold(bytes)) {
                return true;
              }
              noMemory();
              skip(Permit.Outcome.IGNORE);
              return false;
            }
          });
      exchange.loop().checkAfterTurn(this);
    }
  }

  /** Asks for memory for a part of a body that was not announced. */
  private synchronized boolean hold(int bytes) {
    if (phase != Phase.RECEIVING || !door.gate().holdBody(bytes)) {
      return false;
    }
    unannouncedBytes += bytes;
    return true;
  }

  /** Answers that the rest of the body does not fit into the memory. On the event loop. */
  private void noMemory() {
    exchange.markRefused();
    if (refuse(retryLater(Reason.MEMORY, Overload.NO_MEMORY))) {
      door.meters().rejected(Rejection.Reason.MEMORY, head.criticality());
    }
  }

  /** Whether calls of a function read their body themselves, while it comes. */
  static boolean streams(LoadedFunction function) {
    return function.descriptor().input().kind() == Payload.Kind.HTTP
        && function.descriptor().execution() != Execution.EVENT_LOOP;
  }

  /** A body that has not come at once is waited for without a place in the run queue. */
  void checkReceived() {
    Permit held = permit;
    boolean receiving;
    synchronized (this) {
      receiving = phase == Phase.RECEIVING;
    }
    if (receiving && held != null) {
      held.receiving(System.nanoTime());
    }
  }

  private void start(Buffer body, Request raw) {
    synchronized (this) {
      if (phase != Phase.RECEIVING) {
        return;
      }
      phase = Phase.RUNNING;
    }
    held().received();
    try {
      services
          .workers()
          .run(function.descriptor().execution(), exchange.loop(), () -> run(body, raw));
    } catch (RuntimeException e) {
      LOG.errorf(
          e, "Function '%s' could not be started for request %s", functionName(), requestId());
      refuse(failed());
      over(Permit.Outcome.DROPPED);
    }
  }

  /** Gives up a call that has not been started. */
  private void skip(Permit.Outcome outcome) {
    boolean ends = false;
    synchronized (this) {
      switch (phase) {
        case WAITING -> abandoned = true;
        case RECEIVING -> {
          phase = Phase.RUNNING;
          ends = true;
        }
        case RUNNING, OVER -> {
          return;
        }
      }
    }
    if (ends || leaveQueue()) {
      over(outcome);
    }
  }

  /** Gives the place in the queue up; false if admission or rejection is under way. */
  private boolean leaveQueue() {
    Ticket place = ticket;
    boolean left = place != null && place.cancel(System.nanoTime());
    if (left) {
      recordWait("gone");
    }
    return left;
  }

  private synchronized @Nullable Permit permitOrNull() {
    return permit;
  }

  private Permit held() {
    return Objects.requireNonNull(permitOrNull());
  }

  /** The function's code begins to run, on this thread. */
  private void begin() {
    begunNanos = System.nanoTime();
    held().started(begunNanos);
    synchronized (this) {
      if (drill != null) {
        dependencies = services.dependencies().of(function, this, drill);
      }
    }
    services.load().ran();
  }

  private void run(Buffer body, Request raw) {
    Work work =
        () -> {
          Object input = InputBinder.bind(function, exchange.request().headers(), body, raw);
          Object result = function.invoke(input, this);
          if (result instanceof CompletionStage<?> stage) {
            await(stage);
          } else {
            complete(result);
          }
        };
    if (onEventLoop()) {
      begin();
      withScope(work);
    } else {
      onOwnThread(work);
    }
  }

  /** A piece of the function's own work. */
  @FunctionalInterface
  private interface Work {
    void run() throws Throwable;
  }

  /** Runs work on a thread that an end of the call may interrupt. */
  private void onOwnThread(Work work) {
    if (!enter()) {
      over(Permit.Outcome.DROPPED);
      return;
    }
    try {
      begin();
      withScope(work);
    } finally {
      leave();
    }
  }

  private void withScope(Work work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(function.bundle().classLoader());
    CurrentCall.enter(this);
    try {
      work.run();
    } catch (Throwable e) {
      completeExceptionally(e);
    } finally {
      CurrentCall.exit();
      ClientSpans.leave();
      thread.setContextClassLoader(before);
    }
  }

  /** Waits for a stage: here on a thread that may block, with a callback on the event loop. */
  private void await(CompletionStage<?> stage) throws Throwable {
    if (!onEventLoop()) {
      try {
        complete(stage.toCompletableFuture().get());
      } catch (ExecutionException e) {
        throw e.getCause();
      } catch (InterruptedException e) {
        stage.toCompletableFuture().cancel(true);
        throw e;
      }
      return;
    }
    onCancel(() -> stage.toCompletableFuture().cancel(true));
    stage.whenComplete(
        (result, failure) -> {
          CurrentCall.enter(this);
          try {
            if (failure == null) {
              complete(result);
            } else {
              completeExceptionally(
                  failure instanceof CompletionException && failure.getCause() != null
                      ? failure.getCause()
                      : failure);
            }
          } catch (Throwable e) {
            completeExceptionally(e);
          } finally {
            CurrentCall.exit();
          }
        });
  }

  private void complete(@Nullable Object result) throws Exception {
    String accept = exchange.request().headers().get("accept");
    switch (OutputRenderer.render(function, result, accept)) {
      case Answer.Complete answer -> answer(answer);
      case Answer.Streamed answer when onEventLoop() -> streamOnThread(answer);
      case Answer.Streamed answer -> stream(answer);
    }
  }

  private boolean onEventLoop() {
    return function.descriptor().execution() == Execution.EVENT_LOOP;
  }

  /** Writing blocks, and would wait on the event loop for the event loop. */
  private void streamOnThread(Answer.Streamed answer) {
    exchange
        .loop()
        .runOnLoop(
            () ->
                services
                    .workers()
                    .run(
                        Execution.VIRTUAL_THREAD,
                        exchange.loop(),
                        () -> onOwnThread(() -> stream(answer))));
  }

  private void answer(Answer.Complete answer) {
    if (!exchange.claim()) {
      over(Permit.Outcome.DROPPED);
      return;
    }
    recordAnswer("ok");
    tell(Told.GOOD);
    services.traffic().inTime();
    endWith(() -> exchange.send(answer), Permit.Outcome.SUCCESS);
  }

  private void stream(Answer.Streamed answer) throws Exception {
    if (!exchange.claim()) {
      over(Permit.Outcome.DROPPED);
      return;
    }
    services.traffic().inTime();
    exchange.loop().runOnLoop(() -> exchange.begin(answer));
    try {
      if (!exchange.isHead()) {
        ResponseStream out = new ResponseStream(exchange.request().response(), exchange.loop());
        answer.writer().writeTo(out);
        out.flush();
      }
    } catch (Throwable e) {
      boolean late = cancelled;
      tell(Told.FAILED);
      recordAnswer(late ? Reason.DEADLINE_EXCEEDED.label() : Reason.FUNCTION_FAILED.label());
      if (!late) {
        LOG.errorf(
            e,
            "Function '%s' failed while it streamed its answer to request %s",
            functionName(),
            requestId());
      }
      endWith(exchange::cut, Permit.Outcome.DROPPED);
      return;
    }
    recordAnswer("ok");
    tell(Told.GOOD);
    endWith(exchange::end, Permit.Outcome.SUCCESS);
  }

  /** Does the last thing to the connection, and ends the call once that is done. */
  private void endWith(Runnable last, Permit.Outcome outcome) {
    exchange
        .loop()
        .runOnLoop(
            () -> {
              last.run();
              over(outcome);
            });
  }

  private void completeExceptionally(Throwable e) {
    if (e instanceof Refusal refusal) {
      refuseAndEnd(refusal, Permit.Outcome.IGNORE);
    } else if (exchange.isClaimed()) {
      over(Permit.Outcome.DROPPED);
    } else if (e instanceof ProblemException problem) {
      refuseAndEnd(
          Refusal.withStatus(problem.status(), String.valueOf(problem.getMessage())),
          Permit.Outcome.SUCCESS);
    } else if (deadline.remainingNanos() < LAST_MOMENT_NANOS) {
      refuseAndEnd(late(), Permit.Outcome.DROPPED);
    } else if (!endWithoutDependency(e)) {
      LOG.errorf(e, "Function '%s' failed on request %s", functionName(), requestId());
      refuseAndEnd(failed(), Permit.Outcome.SUCCESS);
    }
    if (e instanceof VirtualMachineError) {
      LOG.fatal("The virtual machine is in trouble", e);
    }
  }

  /** Ends a call whose function did not go on without a dependency; false if that is not why. */
  private boolean endWithoutDependency(Throwable failure) {
    DependencyException missing = dependencyIn(failure);
    if (missing == null) {
      return false;
    }
    LOG.debugf(failure, "Function '%s' failed on request %s", functionName(), requestId());
    refuseAndEnd(
        withoutDependency(String.valueOf(missing.getMessage())),
        missing.kind() == DependencyException.Kind.TIMEOUT
            ? Permit.Outcome.DROPPED
            : Permit.Outcome.IGNORE);
    return true;
  }

  /** The dependency that was refused or cut, if that is why the function failed. */
  private static @Nullable DependencyException dependencyIn(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (cause instanceof DependencyException found) {
        return found;
      }
      cause = cause.getCause();
    }
    return null;
  }

  private static Refusal withoutDependency(String detail) {
    return retryLater(Reason.DEPENDENCY_UNAVAILABLE, detail);
  }

  /** With another time to come again for each, so that they do not come together. */
  private static Refusal retryLater(Reason reason, String detail) {
    int seconds = ThreadLocalRandom.current().nextInt(1, 4);
    return Refusal.with(reason, detail, "Retry-After", String.valueOf(seconds));
  }

  private synchronized void tell(Told what) {
    told = what;
  }

  /** The deadline has passed. On the timer's thread. */
  private void expire() {
    boolean ours = refuse(late());
    if (ours) {
      countAsLate();
    }
    cancel();
    if (ours) {
      skip(Permit.Outcome.DROPPED);
    }
    services
        .timer()
        .newTimeout(_ -> checkStuck(), services.stuckAfterNanos(), TimeUnit.NANOSECONDS);
  }

  /** The caller has gone. On the event loop. */
  private void abandon(@Nullable Throwable cause) {
    BodyStream body = stream;
    if (body != null) {
      body.fail(cause == null ? new java.io.IOException("connection closed") : cause);
    }
    if (exchange.claim()) {
      recordAnswer("client-gone");
      countAsLate();
    } else if (isOver()) {
      return;
    }
    cancel();
    skip(Permit.Outcome.DROPPED);
  }

  private void bodyTooLarge() {
    refuse(
        Refusal.of(
            Reason.BODY_TOO_LARGE,
            "Function '"
                + functionName()
                + "' takes a body of at most "
                + function.maxBodyBytes()
                + " bytes. Its limit is set by @Function(maxBodySize) or snowshed.function."
                + functionName()
                + ".max-body-size."));
  }

  private Refusal late() {
    return Refusal.of(
        Reason.DEADLINE_EXCEEDED,
        "The request was not done within its "
            + TimeUnit.NANOSECONDS.toMillis(head.deadlineNanos() - head.arrivedNanos())
            + " ms.");
  }

  private Refusal failed() {
    return Refusal.of(
        Reason.FUNCTION_FAILED,
        "Function '"
            + functionName()
            + "' failed. The host's log has the cause under request id "
            + requestId()
            + ".");
  }

  private void refuseAndEnd(Refusal refusal, Permit.Outcome outcome) {
    boolean ours = refuse(refusal);
    if (ours && refusal.reason() != Reason.DEADLINE_EXCEEDED) {
      services.traffic().inTime();
    }
    over(outcome);
  }

  private boolean refuse(Refusal refusal) {
    if (!exchange.claim()) {
      return false;
    }
    recordAnswer(refusal.reason().label());
    tell(refusal.status() >= 500 ? Told.FAILED : Told.GOOD);
    if (isFailure(refusal.reason()) && !isInjected()) {
      services.load().failed();
    }
    exchange.loop().runOnLoop(() -> exchange.send(Problems.answer(refusal, requestId())));
    return true;
  }

  private static boolean isFailure(Reason reason) {
    return reason == Reason.FUNCTION_FAILED
        || reason == Reason.DEPENDENCY_UNAVAILABLE
        || reason == Reason.DEADLINE_EXCEEDED;
  }

  private void recordAnswer(String outcome) {
    door.meters()
        .answered(isInjected() ? DRILLED : outcome, System.nanoTime() - head.arrivedNanos());
  }

  /** Whether it has met a fault of a drill: what becomes of it says nothing of this host. */
  private boolean isInjected() {
    return head.drillMark() != null && hasMetFault();
  }

  private synchronized boolean hasMetFault() {
    return dependencies != null && dependencies.isInjected();
  }

  private void recordWait(String outcome) {
    Ticket place = ticket;
    if (place != null) {
      door.meters().waited(outcome, System.nanoTime() - place.sinceNanos());
    }
  }

  private synchronized boolean enter() {
    if (cancelled) {
      return false;
    }
    runner = Thread.currentThread();
    return true;
  }

  /** After this no interrupt can reach the thread any more, nor is one left on it. */
  private void leave() {
    synchronized (this) {
      runner = null;
    }
    boolean _ = Thread.interrupted();
  }

  private void cancel() {
    List<Runnable> actions;
    synchronized (this) {
      if (cancelled || phase == Phase.OVER) {
        return;
      }
      cancelled = true;
      if (runner != null) {
        runner.interrupt();
      }
      actions = onCancel == null ? List.of() : onCancel;
      onCancel = null;
    }
    actions.forEach(this::runQuietly);
  }

  private void checkStuck() {
    @Nullable Thread thread;
    synchronized (this) {
      if (phase != Phase.RUNNING) {
        return;
      }
      stuck = true;
      thread = runner;
    }
    services.stuck().add(this);
    if (isOver()) {
      services.stuck().remove(this);
    }
    door.meters().stuck();
    LOG.warnf(
        "Function '%s' ignores that request %s was cancelled and still runs: it keeps its permit. It"
            + " stands at%s",
        functionName(), requestId(), stackOf(thread));
  }

  /** The call is given up before it was answered: why, if that has to do with this host. */
  private void countAsLate() {
    @Nullable Thread thread;
    Phase at;
    synchronized (this) {
      thread = runner;
      at = phase;
    }
    if (at == Phase.WAITING) {
      services.traffic().refuse();
    } else if (at == Phase.RUNNING && !onEventLoop() && (thread == null || isRunning(thread))) {
      services.traffic().late();
    }
  }

  /** A virtual thread in a system call is parked; the stack of another tells. */
  private static boolean isRunning(Thread thread) {
    return thread.isVirtual()
        ? thread.getState() == Thread.State.RUNNABLE
        : Whereabouts.of(thread) == Whereabouts.RUNNING;
  }

  /** Where the thread of a call stands that runs. A call on an event loop has none of its own. */
  Whereabouts whereabouts() {
    @Nullable Thread thread;
    synchronized (this) {
      thread = runner;
    }
    return thread == null ? Whereabouts.WAITING : Whereabouts.of(thread);
  }

  private synchronized boolean isOver() {
    return phase == Phase.OVER;
  }

  /** The function's work has ended: everything that the call holds is returned, once. */
  private void over(Permit.Outcome outcome) {
    boolean wasStuck;
    long unannounced;
    Permit held;
    synchronized (this) {
      if (phase == Phase.OVER) {
        return;
      }
      phase = Phase.OVER;
      unannounced = unannouncedBytes;
      onCancel = null;
      wasStuck = stuck;
      held = permit;
    }
    if (wasStuck) {
      services.stuck().remove(this);
      door.meters().unstuck();
    }
    Timeout pending = timeout;
    if (pending != null) {
      pending.cancel();
    }
    function.bundle().release();
    if (unannounced > 0) {
      door.gate().releaseBody(unannounced);
    }
    if (held != null) {
      door.meters().ended();
      held.waitedDownstream(endDependencies());
      boolean _ = held.end(isInjected() ? Permit.Outcome.IGNORE : outcome, System.nanoTime());
    }
  }

  /** Sums up what the call met on its dependencies, and says how long it has waited for them. */
  private long endDependencies() {
    CallDependencies met;
    Injections marked;
    Told answer;
    synchronized (this) {
      met = dependencies;
      marked = drill;
      answer = told;
    }
    long nowNanos = System.nanoTime();
    if (met == null) {
      if (marked != null) {
        marked.left();
      }
      return 0;
    }
    return answer == Told.NOTHING
        ? met.close(nowNanos)
        : met.finish(answer == Told.FAILED, nowNanos - begunNanos, nowNanos);
  }

  private static String stackOf(@Nullable Thread thread) {
    StringBuilder text = new StringBuilder();
    if (thread != null) {
      for (StackTraceElement element : thread.getStackTrace()) {
        text.append("\n\tat ").append(element);
      }
    }
    return text.toString();
  }

  private void runQuietly(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.warnf(e, "A cancellation callback of function '%s' threw", functionName());
    }
  }

  @Override
  public String functionName() {
    return function.name();
  }

  @Override
  public String requestId() {
    return exchange.requestId();
  }

  @Override
  public synchronized TraceContext trace() {
    TraceContext known = trace;
    if (known == null) {
      known = RequestIds.spanIn(head.traceparent(), head.tracestate());
      trace = known;
    }
    return known;
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public Criticality criticality() {
    return head.level();
  }

  @Override
  public Optional<String> tenant() {
    return Optional.ofNullable(head.tenantOrNull());
  }

  @Override
  public synchronized Map<String, Object> attributes() {
    Map<String, Object> known = attributes;
    if (known == null) {
      known = new ConcurrentHashMap<>();
      attributes = known;
    }
    return known;
  }

  @Override
  public Configuration configuration() {
    return function.configuration();
  }

  @Override
  public Dependency dependency(String name) {
    return dependencies().of(name);
  }

  private synchronized CallDependencies dependencies() {
    CallDependencies known = dependencies;
    if (known == null) {
      known = services.dependencies().of(function, this, null);
      dependencies = known;
    }
    return known;
  }

  @Override
  public synchronized SpanRoot spanRoot() {
    SpanRoot known = spanRoot;
    if (known == null) {
      known = SpanRoot.of(this);
      spanRoot = known;
    }
    return known;
  }

  @Override
  public synchronized @Nullable CallDependencies watched() {
    return phase == Phase.OVER ? null : dependencies();
  }

  @Override
  public Cancellation cancellation() {
    return this;
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void onCancel(Runnable action) {
    synchronized (this) {
      if (!cancelled) {
        if (phase != Phase.OVER) {
          List<Runnable> actions = onCancel == null ? new ArrayList<>(1) : onCancel;
          actions.add(action);
          onCancel = actions;
        }
        return;
      }
    }
    runQuietly(action);
  }

  @Override
  public Map<String, String> outboundHeaders() {
    TraceContext position = trace();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(TraceContext.HEADER, position.traceparent());
    if (!position.state().isEmpty()) {
      headers.put(TraceContext.STATE_HEADER, position.state());
    }
    headers.put(RequestIds.HEADER, requestId());
    headers.put(Criticality.HEADER, criticality().headerValue());
    headers.put("X-Request-Timeout", String.valueOf(remaining().toMillis()));
    return headers;
  }
}
