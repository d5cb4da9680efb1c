package dev.snowshed.runtime.dependency;

import dev.snowshed.core.dependency.Outcome;
import dev.snowshed.core.dependency.drill.Fault;
import dev.snowshed.function.DependencyException.Kind;
import dev.snowshed.function.Fallback;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call of a dependency that nobody waits for on a thread. The first of its answer, its timeout,
 * the function's deadline and the function's own cancellation ends it. Safe for concurrent use.
 *
 * @param <T> what it gives
 */
final class AsyncCall<T> {
  private final CallDependency dependency;
  private final Supplier<? extends CompletionStage<T>> call;
  private final @Nullable Fallback<? extends T> fallback;
  private final Tries tries;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final long begunNanos = System.nanoTime();

  /** The attempt under way. */
  private volatile @Nullable CompletionStage<T> running;

  AsyncCall(
      CallDependency dependency,
      Supplier<? extends CompletionStage<T>> call,
      @Nullable Fallback<? extends T> fallback,
      boolean repeatable) {
    this.dependency = dependency;
    this.call = call;
    this.fallback = fallback;
    this.tries = new Tries(dependency, repeatable);
  }

  CompletionStage<T> start() {
    dependency.calls().begun(begunNanos);
    dependency
        .calls()
        .context()
        .cancellation()
        .onCancel(() -> fail(dependency.refusal(Kind.DEADLINE)));
    var _ = result.whenComplete((value, failure) -> cancelIfAsked());
    try {
      dependency.requireTime();
      Fault fault = dependency.calls().meet(dependency.guarded(), dependency.name());
      if (fault == null) {
        follow(dependency.guarded().callAsync(this::attempt));
      } else {
        suffer(fault);
      }
    } catch (Throwable e) {
      fail(e);
    }
    return result;
  }

  private void cancelIfAsked() {
    if (result.isCancelled()) {
      fail(dependency.refusal(Kind.DEADLINE));
    }
  }

  private void follow(CompletionStage<T> stage) {
    var _ =
        stage.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                succeed(value);
              } else {
                fail(failure);
              }
            });
  }

  private CompletionStage<T> attempt() throws Exception {
    long triedNanos = tries.begin();
    CompletableFuture<T> judged = new CompletableFuture<>();
    CompletionStage<T> stage;
    try {
      stage = Covered.get(call);
    } catch (Throwable e) {
      throw tries.judge(e, triedNanos);
    }
    running = stage;
    var _ =
        stage.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                judged.complete(value);
              } else {
                judged.completeExceptionally(tries.judge(bare(failure), triedNanos));
              }
            });
    return judged;
  }

  private static Throwable bare(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private void suffer(Fault fault) {
    long allowedNanos = dependency.allowedNanos();
    switch (fault) {
      case Fault.Failure _ -> fail(dependency.refusal(Kind.DRILL));
      case Fault.Delay delay when delay.nanos() < allowedNanos ->
          later(delay.nanos(), () -> follow(Covered.get(call)));
      case Fault.Delay _, Fault.Hang _ -> {
        Kind kind = dependency.isBounded() ? Kind.TIMEOUT : Kind.DEADLINE;
        later(allowedNanos, () -> fail(dependency.refusal(kind)));
      }
    }
  }

  private void later(long nanos, Runnable action) {
    CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, FaultTolerance.executor())
        .execute(
            () -> {
              try {
                action.run();
              } catch (RuntimeException | Error e) {
                fail(e);
              }
            });
  }

  private void succeed(T value) {
    if (ended.compareAndSet(false, true)) {
      leave(Outcome.OK);
      result.complete(value);
    }
  }

  private void fail(Throwable thrown) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    Ending ending = dependency.ending(thrown);
    leave(ending.outcome());
    cancelRunning();
    try {
      result.complete(instead(ending));
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  private void leave(Outcome outcome) {
    dependency.calls().ended(dependency.edge(), outcome, begunNanos, System.nanoTime());
  }

  /** A fallback may run on any thread, and looks classes up as the function does. */
  private T instead(Ending ending) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(dependency.calls().classLoader());
    try {
      return dependency.instead(ending, fallback);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private void cancelRunning() {
    CompletionStage<T> stage = running;
    if (stage == null) {
      return;
    }
    try {
      boolean _ = stage.toCompletableFuture().cancel(true);
    } catch (UnsupportedOperationException e) {
      // a stage need not have a future: it then goes on, and nobody listens
    }
  }
}
