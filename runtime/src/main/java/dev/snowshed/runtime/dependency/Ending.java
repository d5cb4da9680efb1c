package dev.snowshed.runtime.dependency;

import dev.snowshed.core.dependency.Outcome;
import dev.snowshed.function.DependencyException;
import dev.snowshed.function.DependencyException.Kind;
import dev.snowshed.function.ProblemException;
import java.net.http.HttpTimeoutException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * How a call of a dependency has failed.
 *
 * @param outcome what that says of the dependency
 * @param failure what the function is told
 */
record Ending(Outcome outcome, Throwable failure) {

  /**
   * Judges what came out of a guard.
   *
   * @param call the call
   * @param thrown what came out
   */
  static Ending of(CallDependency call, Throwable thrown) {
    return switch (thrown) {
      case TimeoutException _ -> new Ending(Outcome.TIMED_OUT, call.refusal(Kind.TIMEOUT));
      case CircuitBreakerOpenException _ ->
          new Ending(Outcome.REFUSED, call.refusal(Kind.BREAKER_OPEN));
      case BulkheadException _ -> new Ending(Outcome.REFUSED, call.refusal(Kind.BULKHEAD_FULL));
      case CompletionException wrapper when wrapper.getCause() != null ->
          of(call, wrapper.getCause());
      case OnlyOnce wrapper -> of(call, causeOf(wrapper));
      case NotTheirs wrapper -> notTheirs(causeOf(wrapper));
      case DependencyException e when e.kind() == Kind.DEADLINE -> new Ending(Outcome.CANCELLED, e);
      case DependencyException e when e.kind() == Kind.TIMEOUT -> new Ending(Outcome.TIMED_OUT, e);
      default -> new Ending(isTimeout(thrown) ? Outcome.TIMED_OUT : Outcome.FAILED, thrown);
    };
  }

  private static Ending notTheirs(Throwable cause) {
    return new Ending(isAnswer(cause) ? Outcome.OK : Outcome.CANCELLED, cause);
  }

  private static Throwable causeOf(Throwable wrapper) {
    Throwable cause = wrapper.getCause();
    return cause == null ? wrapper : cause;
  }

  /** What a function tells its caller, after the dependency has answered. */
  static boolean isAnswer(Throwable failure) {
    return failure instanceof ProblemException problem && problem.status() < 500;
  }

  private static boolean isTimeout(Throwable failure) {
    return failure instanceof HttpTimeoutException
        || failure instanceof SQLTimeoutException
        || failure instanceof java.util.concurrent.TimeoutException;
  }

  /** Whether the function may go on with something else. */
  boolean isReplaceable() {
    return outcome != Outcome.CANCELLED && outcome != Outcome.OK && failure instanceof Exception;
  }

  Exception exception() {
    return switch (failure) {
      case Exception e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(failure);
    };
  }
}
