package dev.snowshed.runtime.dependency;

import dev.snowshed.core.dependency.CallRecord;
import dev.snowshed.core.dependency.Edge;
import dev.snowshed.core.dependency.Outcome;
import dev.snowshed.core.dependency.drill.Fault;
import dev.snowshed.function.Context;
import dev.snowshed.function.Dependency;
import dev.snowshed.function.spi.DependencyDescriptor;
import dev.snowshed.runtime.logging.CurrentCall;
import java.net.http.HttpClient;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dependencies as one call of a function reaches them, and what it meets there. Safe for
 * concurrent use.
 */
public final class CallDependencies {
  /** A failure this close to the deadline is the deadline's: what is called shares it. */
  private static final long LAST_MOMENT_NANOS = 10_000_000;

  private final FunctionGuards guards;
  private final long functionNanos;
  private final ClassLoader classLoader;
  private final Context context;
  private final HttpClient http;
  private final @Nullable Injections injections;
  private final CallRecord record;

  /** Guarded by this: calls under way. */
  private int underWay;

  /** Guarded by this: since when there is one. */
  private long sinceNanos;

  /** Guarded by this: how long there was at least one. */
  private long waitedNanos;

  /** Guarded by this. */
  private boolean over;

  /**
   * Guarded by this: threads of the function's own on which calls of dependencies are under way;
   * made with the first.
   */
  private @Nullable Set<Thread> threads;

  private volatile boolean injected;

  CallDependencies(
      FunctionGuards guards,
      long functionNanos,
      ClassLoader classLoader,
      Context context,
      HttpClient http,
      @Nullable Injections injections) {
    this.guards = guards;
    this.functionNanos = functionNanos;
    this.classLoader = classLoader;
    this.context = context;
    this.http = http;
    this.injections = injections;
    this.record = guards.statistics().begin(System.nanoTime());
    if (injections != null) {
      record.drilled();
    }
  }

  /**
   * A dependency, by name.
   *
   * @throws IllegalArgumentException if that is not a name
   */
  public Dependency of(String name) {
    return new CallDependency(this, DependencyDescriptor.checkedName(name), guards.guard(name));
  }

  /**
   * The function's call has ended. What its dependencies still do is not looked at any more.
   *
   * @param failed whether it failed
   * @param runNanos how long it ran
   * @return how long it had waited for dependencies, in nanoseconds
   */
  public long finish(boolean failed, long runNanos, long nowNanos) {
    record.finish(failed, runNanos, nowNanos);
    Injections drill = injections;
    if (drill != null) {
      drill.ended(failed, runNanos, injected);
    }
    return stop(nowNanos);
  }

  /**
   * The function's call has ended in a way that tells nothing, such as that its caller has left.
   *
   * @return as {@link #finish}
   */
  public long close(long nowNanos) {
    Injections drill = injections;
    if (drill != null && !isOver()) {
      drill.left();
    }
    return stop(nowNanos);
  }

  private synchronized long stop(long nowNanos) {
    if (!over) {
      over = true;
      waitedNanos += underWay == 0 ? 0 : Math.max(0, nowNanos - sinceNanos);
    }
    return waitedNanos;
  }

  Context context() {
    return context;
  }

  HttpClient http() {
    return http;
  }

  String functionName() {
    return guards.function();
  }

  /** How long a call of the function may take. */
  long functionNanos() {
    return functionNanos;
  }

  /** The function's own. */
  ClassLoader classLoader() {
    return classLoader;
  }

  /** A call of a dependency that is only seen begins: it does not go through here. */
  public ObservedCall observe() {
    return new ObservedCall(this, System.nanoTime());
  }

  /** The dependency that was seen being called. */
  GuardedDependency observed(String name) {
    GuardedDependency seen = guards.observed(name);
    Injections drill = injections;
    if (drill != null) {
      drill.observed(seen.edge().dependency());
    }
    return seen;
  }

  /** The fault that a call of a dependency meets; null for none. */
  @Nullable Fault meet(GuardedDependency dependency, String name) {
    dependency.called();
    Injections drill = injections;
    Fault fault = drill == null ? null : drill.of(name);
    if (fault != null) {
      injected = true;
      record.injected(dependency.edge());
    }
    return fault;
  }

  /** Whether the call has met a fault of a drill. */
  public boolean isInjected() {
    return injected;
  }

  /** Whether the function's own call is at its end. */
  boolean isCut() {
    return context.cancellation().isCancelled()
        || context.deadline().remainingNanos() < Math.min(LAST_MOMENT_NANOS, functionNanos / 10);
  }

  synchronized boolean isOver() {
    return over;
  }

  /**
   * A call of a dependency runs on this thread. An end of the function's call interrupts the thread
   * it runs on itself; this has it interrupt others.
   *
   * @return whether that is to be taken back with {@link #leave}
   */
  boolean enter() {
    if (Objects.equals(CurrentCall.get(), context)) {
      return false;
    }
    boolean first;
    boolean entered;
    synchronized (this) {
      first = threads == null;
      Set<Thread> all = first ? new HashSet<>() : Objects.requireNonNull(threads);
      threads = all;
      entered = all.add(Thread.currentThread());
    }
    if (first) {
      context.cancellation().onCancel(this::interrupt);
    } else if (context.cancellation().isCancelled()) {
      Thread.currentThread().interrupt();
    }
    return entered;
  }

  /** It does not any more. */
  synchronized void leave() {
    Objects.requireNonNull(threads).remove(Thread.currentThread());
  }

  private synchronized void interrupt() {
    Objects.requireNonNull(threads).forEach(Thread::interrupt);
  }

  /** A call of a dependency begins. */
  synchronized void begun(long nowNanos) {
    if (underWay++ == 0) {
      sinceNanos = nowNanos;
    }
  }

  /** A call of a dependency has ended. */
  void ended(Edge edge, Outcome outcome, long begunNanos, long nowNanos) {
    record.ended(edge, outcome, nowNanos - begunNanos);
    synchronized (this) {
      if (--underWay == 0 && !over) {
        waitedNanos += Math.max(0, nowNanos - sinceNanos);
      }
    }
  }

  void retried(Edge edge) {
    record.retried(edge);
  }

  void fellBack(Edge edge) {
    record.fellBack(edge);
  }
}
