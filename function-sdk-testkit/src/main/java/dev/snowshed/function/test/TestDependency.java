package dev.snowshed.function.test;

import dev.snowshed.function.Dependency;
import dev.snowshed.function.DependencyException;
import dev.snowshed.function.DependencyException.Kind;
import dev.snowshed.function.Fallback;
import dev.snowshed.function.spi.DependencyCaller;
import dev.snowshed.function.spi.DependencyDataSource;
import dev.snowshed.function.spi.DependencyDescriptor;
import dev.snowshed.function.spi.DependencyHttpClient;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A dependency for a test. Calls go straight through, on the calling thread, until the test lets
 * them fail or hang; all are counted. There is no breaker, no bulkhead and no retry. Safe for
 * concurrent use.
 */
public final class TestDependency implements Dependency {
  private final String name;
  private final TestContext context;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger fallbacks = new AtomicInteger();

  private volatile Trouble trouble = Trouble.NONE;
  private volatile Optional<Duration> timeout = Optional.empty();

  TestDependency(String name, TestContext context) {
    this.name = DependencyDescriptor.checkedName(name);
    this.context = context;
  }

  /** What calls meet before they are made. */
  @FunctionalInterface
  private interface Trouble {
    Trouble NONE = () -> {};

    void meet() throws Exception;
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * Lets every further call fail without being made, as in a drill.
   *
   * @return this dependency
   */
  public TestDependency fail() {
    return fail(
        new DependencyException(name, Kind.DRILL, "dependency " + name + " fails in this test"));
  }

  /**
   * Lets every further call fail without being made.
   *
   * @param failure what they throw
   * @return this dependency
   */
  public TestDependency fail(Exception failure) {
    Objects.requireNonNull(failure, "failure");
    trouble =
        () -> {
          throw failure;
        };
    return this;
  }

  /**
   * Lets every further call hang without being made, until it is cut: the context's clock moves on
   * by the {@link #timeout}, or to the deadline if that comes first, and the call fails with {@link
   * Kind#TIMEOUT} or {@link Kind#DEADLINE}. Nothing waits in real time.
   *
   * @return this dependency
   */
  public TestDependency hang() {
    trouble = this::waitUntilCut;
    return this;
  }

  /**
   * Lets time pass on the context's clock before every further call. One that takes longer than it
   * may is cut as in {@link #hang}.
   *
   * @param delay how much; not negative
   * @return this dependency
   */
  public TestDependency delay(Duration delay) {
    trouble =
        () -> {
          if (delay.compareTo(allowed()) >= 0) {
            waitUntilCut();
          }
          context.clock().advance(delay);
        };
    return this;
  }

  /**
   * Lets every further call through again.
   *
   * @return this dependency
   */
  public TestDependency heal() {
    trouble = Trouble.NONE;
    return this;
  }

  /**
   * Sets how long a call may take, as {@code @DependsOn(timeout)} does on a host.
   *
   * @param timeout positive; default as long as the function has
   * @return this dependency
   */
  public TestDependency timeout(Duration timeout) {
    this.timeout = Optional.of(timeout);
    return this;
  }

  /** How often it was called so far. */
  public int calls() {
    return calls.get();
  }

  /** How many of these calls failed, those that a fallback stood in for included. */
  public int failures() {
    return failures.get();
  }

  /** How often a fallback gave a value. */
  public int fallbacks() {
    return fallbacks.get();
  }

  @Override
  public <T> T call(Callable<? extends T> call) throws Exception {
    calls.incrementAndGet();
    try {
      trouble.meet();
      return call.call();
    } catch (Throwable e) {
      failures.incrementAndGet();
      throw e;
    }
  }

  @Override
  public <T> T call(Callable<? extends T> call, Fallback<? extends T> fallback) throws Exception {
    try {
      return call(call);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return standIn(fallback, e);
    }
  }

  @Override
  public <T> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
    calls.incrementAndGet();
    CompletionStage<T> started;
    try {
      trouble.meet();
      started = call.get();
    } catch (Exception e) {
      started = CompletableFuture.failedFuture(e);
    }
    return started.whenComplete(
        (value, failure) -> {
          if (failure != null) {
            failures.incrementAndGet();
          }
        });
  }

  @Override
  public <T> CompletionStage<T> callAsync(
      Supplier<? extends CompletionStage<T>> call, Fallback<? extends T> fallback) {
    CompletableFuture<T> result = new CompletableFuture<>();
    callAsync(call)
        .whenComplete(
            (value, failure) -> {
              if (failure == null) {
                result.complete(value);
              } else {
                completeInstead(result, fallback, failure);
              }
            });
    return result;
  }

  private <T> void completeInstead(
      CompletableFuture<T> result, Fallback<? extends T> fallback, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    try {
      if (cause instanceof Exception e) {
        result.complete(standIn(fallback, e));
      } else {
        result.completeExceptionally(cause);
      }
    } catch (Exception e) {
      result.completeExceptionally(e);
    }
  }

  private <T> T standIn(Fallback<? extends T> fallback, Exception failure) throws Exception {
    if (context.cancellation().isCancelled()) {
      throw failure;
    }
    T value = fallback.instead(failure);
    fallbacks.incrementAndGet();
    return value;
  }

  @Override
  public HttpClient http() {
    return new DependencyHttpClient(Http.CLIENT, context, new Caller());
  }

  @Override
  public DataSource dataSource(DataSource own) {
    return new DependencyDataSource(own, new Caller());
  }

  /** Made when first needed. */
  private static final class Http {
    static final HttpClient CLIENT = HttpClient.newHttpClient();
  }

  /** Makes the calls of the clients, none of them twice. */
  private final class Caller implements DependencyCaller {
    @Override
    public Duration allowed() {
      return TestDependency.this.allowed();
    }

    @Override
    public <T> T call(Callable<? extends T> call, boolean repeatable) throws Exception {
      return TestDependency.this.call(call);
    }

    @Override
    public <T> CompletionStage<T> callAsync(
        Supplier<? extends CompletionStage<T>> call, boolean repeatable) {
      return TestDependency.this.callAsync(call);
    }
  }

  private Duration allowed() {
    Duration remaining = context.remaining();
    return timeout.filter(limit -> limit.compareTo(remaining) < 0).orElse(remaining);
  }

  private void waitUntilCut() {
    Duration allowed = allowed();
    boolean late = allowed.compareTo(context.remaining()) >= 0;
    context.clock().advance(allowed);
    throw new DependencyException(
        name,
        late ? Kind.DEADLINE : Kind.TIMEOUT,
        "dependency " + name + " did not answer within " + allowed.toMillis() + " ms");
  }
}
