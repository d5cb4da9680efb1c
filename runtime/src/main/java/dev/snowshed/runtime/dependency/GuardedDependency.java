package dev.snowshed.runtime.dependency;

import dev.snowshed.core.dependency.Edge;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

/** One dependency of one function: its statistics and its guard. Safe for concurrent use. */
final class GuardedDependency {
  private static final int RETRY_DELAY_MILLIS = 20;

  private final Edge edge;
  private final Protection protection;
  private final Runnable turned;
  private final RetryBudget retries = new RetryBudget();

  /** Null if nothing is to be guarded. */
  private final @Nullable Guard guard;

  private volatile Breaker breaker = Breaker.CLOSED;

  /** Whether it was called through here since the last load. */
  private volatile boolean called;

  /** Whether it was called behind the host's back since the last load. */
  private volatile boolean observed;

  /**
   * One in no trouble.
   *
   * @param turned runs after its breaker has turned
   */
  GuardedDependency(Edge edge, Protection protection, Runnable turned) {
    this.turned = turned;
    this.edge = edge;
    this.protection = protection;
    this.guard = protection.isNeeded() ? guard(protection) : null;
  }

  Edge edge() {
    return edge;
  }

  Protection protection() {
    return protection;
  }

  Breaker breaker() {
    return breaker;
  }

  /** It is called through here. */
  void called() {
    if (!called) {
      called = true;
    }
  }

  /** It is called behind the host's back. */
  void observed() {
    if (!observed) {
      observed = true;
    }
  }

  boolean isCalled() {
    return called;
  }

  boolean isObserved() {
    return observed;
  }

  /** Runs a call on this thread. What it throws of its own accord is not wrapped. */
  @SuppressWarnings("unchecked") // the guard gives what the call gives
  <T> T call(Callable<T> call) throws Exception {
    Guard around = guard;
    if (around == null) {
      return call.call();
    }
    retries.called();
    return (T) around.call((Callable<Object>) call, Object.class);
  }

  /** Starts a call, and gives what it gives. */
  @SuppressWarnings("unchecked") // the guard tells by the raw class that it is a stage
  <T> CompletionStage<T> callAsync(Callable<CompletionStage<T>> call) throws Exception {
    Guard around = guard;
    if (around == null) {
      return call.call();
    }
    retries.called();
    return around.call(call, (Class<CompletionStage<T>>) (Class<?>) CompletionStage.class);
  }

  /** A call is tried once more. */
  void retried() {
    retries.take();
  }

  private Guard guard(Protection settings) {
    Guard.Builder builder = FaultTolerance.guard().withDescription(edge.dependency());
    if (settings.hasTimeout()) {
      builder.withTimeout().duration(settings.timeoutMillis(), ChronoUnit.MILLIS).done();
    }
    if (settings.maxConcurrent() > 0) {
      builder.withBulkhead().limit(settings.maxConcurrent()).queueSize(1).done();
    }
    if (settings.hasBreaker()) {
      builder
          .withCircuitBreaker()
          .requestVolumeThreshold(settings.breakerCalls())
          .failureRatio(settings.breakerFailures())
          .delay(settings.breakerDelayMillis(), ChronoUnit.MILLIS)
          .successThreshold(1)
          .when(GuardedDependency::isTheirs)
          .onStateChange(this::turn)
          .done();
    }
    if (settings.retries() > 0) {
      builder
          .withRetry()
          .maxRetries(settings.retries())
          .delay(RETRY_DELAY_MILLIS, ChronoUnit.MILLIS)
          .jitter(RETRY_DELAY_MILLIS, ChronoUnit.MILLIS)
          .whenException(failure -> isWorthARetry(failure) && retries.isLeft())
          .done();
    }
    return builder.build();
  }

  private void turn(CircuitBreakerState state) {
    breaker =
        switch (state) {
          case CLOSED -> Breaker.CLOSED;
          case OPEN -> Breaker.OPEN;
          case HALF_OPEN -> Breaker.HALF_OPEN;
        };
    turned.run();
  }

  /** Whether a failure is one of the dependency. */
  private static boolean isTheirs(Throwable failure) {
    return !(failure instanceof NotTheirs
        || failure instanceof BulkheadException
        || failure instanceof InterruptedException);
  }

  private static boolean isWorthARetry(Throwable failure) {
    return isTheirs(failure)
        && failure instanceof Exception
        && !(failure instanceof CircuitBreakerOpenException || failure instanceof OnlyOnce);
  }
}
