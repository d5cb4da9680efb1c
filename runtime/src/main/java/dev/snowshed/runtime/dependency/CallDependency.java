package dev.snowshed.runtime.dependency;

import dev.snowshed.core.dependency.Edge;
import dev.snowshed.core.dependency.Outcome;
import dev.snowshed.core.dependency.drill.Fault;
import dev.snowshed.function.Dependency;
import dev.snowshed.function.DependencyException;
import dev.snowshed.function.DependencyException.Kind;
import dev.snowshed.function.Fallback;
import dev.snowshed.function.spi.DependencyCaller;
import dev.snowshed.function.spi.DependencyDataSource;
import dev.snowshed.function.spi.DependencyHttpClient;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One dependency as one call of a function reaches it. Safe for concurrent use. */
final class CallDependency implements Dependency, DependencyCaller {
  private final CallDependencies calls;
  private final String name;
  private final GuardedDependency guarded;

  CallDependency(CallDependencies calls, String name, GuardedDependency guarded) {
    this.calls = calls;
    this.name = name;
    this.guarded = guarded;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public <T> T call(Callable<? extends T> call) throws Exception {
    return call(call, null, true);
  }

  @Override
  public <T> T call(Callable<? extends T> call, Fallback<? extends T> fallback) throws Exception {
    return call(call, fallback, true);
  }

  @Override
  public <T> T call(Callable<? extends T> call, boolean repeatable) throws Exception {
    return call(call, null, repeatable);
  }

  @Override
  public <T> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
    return new AsyncCall<T>(this, call, null, true).start();
  }

  @Override
  public <T> CompletionStage<T> callAsync(
      Supplier<? extends CompletionStage<T>> call, Fallback<? extends T> fallback) {
    return new AsyncCall<T>(this, call, fallback, true).start();
  }

  @Override
  public <T> CompletionStage<T> callAsync(
      Supplier<? extends CompletionStage<T>> call, boolean repeatable) {
    return new AsyncCall<T>(this, call, null, repeatable).start();
  }

  @Override
  public HttpClient http() {
    return new DependencyHttpClient(calls.http(), calls.context(), this);
  }

  @Override
  public DataSource dataSource(DataSource own) {
    return new DependencyDataSource(own, this);
  }

  @Override
  public Duration allowed() {
    return Duration.ofNanos(allowedNanos());
  }

  CallDependencies calls() {
    return calls;
  }

  GuardedDependency guarded() {
    return guarded;
  }

  Edge edge() {
    return guarded.edge();
  }

  private <T> T call(
      Callable<? extends T> call, @Nullable Fallback<? extends T> fallback, boolean repeatable)
      throws Exception {
    long begunNanos = System.nanoTime();
    calls.begun(begunNanos);
    boolean entered = calls.enter();
    T value;
    try {
      value = made(call, repeatable);
    } catch (Throwable e) {
      Ending ending = ending(e);
      calls.ended(edge(), ending.outcome(), begunNanos, System.nanoTime());
      return instead(ending, fallback);
    } finally {
      if (entered) {
        calls.leave();
      }
    }
    calls.ended(edge(), Outcome.OK, begunNanos, System.nanoTime());
    return value;
  }

  private <T> T made(Callable<? extends T> call, boolean repeatable) throws Exception {
    requireTime();
    Fault fault = calls.meet(guarded, name);
    if (fault != null) {
      suffer(fault);
      return Covered.call(call);
    }
    Tries tries = new Tries(this, repeatable);
    return guarded.call(
        () -> {
          long begunNanos = tries.begin();
          try {
            return Covered.call(call);
          } catch (Throwable e) {
            throw tries.judge(e, begunNanos);
          }
        });
  }

  /** Goes on with something else, or throws what has happened. */
  <T> T instead(Ending ending, @Nullable Fallback<? extends T> fallback) throws Exception {
    if (fallback == null || !ending.isReplaceable()) {
      throw ending.exception();
    }
    T value = fallback.instead(ending.exception());
    calls.fellBack(edge());
    return value;
  }

  /** How a call has failed: one that was cut from outside says nothing of the dependency. */
  Ending ending(Throwable thrown) {
    Ending ending = Ending.of(this, thrown);
    boolean cut = ending.outcome() != Outcome.OK && ending.outcome() != Outcome.REFUSED && isCut();
    return cut ? new Ending(Outcome.CANCELLED, ending.failure()) : ending;
  }

  boolean isCut() {
    return calls.isCut();
  }

  void requireTime() {
    if (calls.context().deadline().isExpired()) {
      throw refusal(Kind.DEADLINE);
    }
  }

  /** Does what a drill asks for, up to the call itself, if it may still be made. */
  private void suffer(Fault fault) throws InterruptedException {
    switch (fault) {
      case Fault.Failure _ -> throw refusal(Kind.DRILL);
      case Fault.Delay delay when delay.nanos() < allowedNanos() ->
          TimeUnit.NANOSECONDS.sleep(delay.nanos());
      case Fault.Delay _, Fault.Hang _ -> {
        Kind kind = isBounded() ? Kind.TIMEOUT : Kind.DEADLINE;
        TimeUnit.NANOSECONDS.sleep(allowedNanos());
        throw refusal(kind);
      }
    }
  }

  /** How long an attempt may take that begins now. */
  long allowedNanos() {
    long remaining = Math.max(0, calls.context().deadline().remainingNanos());
    return isBounded() ? Math.min(remaining, timeoutNanos()) : remaining;
  }

  /** Whether the dependency's timeout comes before the deadline. */
  boolean isBounded() {
    return guarded.protection().hasTimeout()
        && timeoutNanos() < calls.context().deadline().remainingNanos();
  }

  private long timeoutNanos() {
    return TimeUnit.MILLISECONDS.toNanos(guarded.protection().timeoutMillis());
  }

  DependencyException refusal(Kind kind) {
    return new DependencyException(name, kind, "dependency " + name + " of function " + why(kind));
  }

  private String why(Kind kind) {
    Protection protection = guarded.protection();
    return switch (kind) {
      case TIMEOUT ->
          calls.functionName()
              + " did not answer within "
              + protection.timeoutMillis()
              + " ms"
              + setBy("timeout", "timeout");
      case DEADLINE -> calls.functionName() + " has no time left: the deadline of the call passed";
      case BREAKER_OPEN ->
          calls.functionName()
              + " is left alone: of the last "
              + protection.breakerCalls()
              + " calls too many failed"
              + setBy("breakerFailures", "breaker-failures");
      case BULKHEAD_FULL ->
          calls.functionName()
              + " has "
              + protection.maxConcurrent()
              + " calls under way"
              + setBy("maxConcurrent", "max-concurrent");
      case DRILL -> calls.functionName() + " fails in a drill";
    };
  }

  private String setBy(String member, String key) {
    return "; that is set by @DependsOn("
        + member
        + ") or snowshed.function."
        + calls.functionName()
        + ".dependency."
        + name
        + "."
        + key;
  }
}
