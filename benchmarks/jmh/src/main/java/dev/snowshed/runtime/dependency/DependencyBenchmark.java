package dev.snowshed.runtime.dependency;

import dev.snowshed.core.dependency.DependencySettings;
import dev.snowshed.core.dependency.FunctionDependencies;
import dev.snowshed.function.Cancellation;
import dev.snowshed.function.Context;
import dev.snowshed.function.Deadline;
import dev.snowshed.function.spi.DependencyDescriptor;
import dev.snowshed.runtime.logging.CurrentCall;
import java.lang.reflect.Proxy;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a call through {@code context.dependency} cost, compared with the same call made
 * directly: observed alone, with a circuit breaker as by default, and with a timeout too? Each
 * includes looking the dependency up.
 *
 * <p>Command: {@code ./snowshed bench jmh DependencyBenchmark -prof gc}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the setup first
public class DependencyBenchmark {
  private final Callable<String> call = () -> Thread.currentThread().getName();
  private final CompletionStage<String> done = CompletableFuture.completedFuture("done");
  private CallDependencies dependencies;

  /** A function with three dependencies, and one call of it that does not end. */
  @Setup
  public void open() {
    Context context = context();
    CurrentCall.enter((CurrentCall.Scope) context);
    FunctionGuards guards =
        new FunctionGuards(
            "digest",
            new FunctionDependencies("bench", new DependencySettings("bench", Duration.ofHours(1))),
            new Protections(Map.of()),
            List.of(
                DependencyDescriptor.named("observed").breakerCalls(0).build(),
                DependencyDescriptor.named("usual").build(),
                DependencyDescriptor.named("timed").timeoutNanos(1_000_000_000).build()));
    dependencies =
        new CallDependencies(
            guards,
            Duration.ofHours(1).toNanos(),
            DependencyBenchmark.class.getClassLoader(),
            context,
            HttpClient.newHttpClient(),
            null);
  }

  /** A call that runs on this thread. */
  private static Context context() {
    Deadline deadline =
        Deadline.at(System.nanoTime() + Duration.ofHours(1).toNanos(), System::nanoTime);
    Cancellation never =
        new Cancellation() {
          @Override
          public boolean isCancelled() {
            return false;
          }

          @Override
          public void onCancel(Runnable action) {}
        };
    return (Context)
        Proxy.newProxyInstance(
            DependencyBenchmark.class.getClassLoader(),
            new Class<?>[] {Context.class, CurrentCall.Scope.class},
            (proxy, called, arguments) -> called.getName().equals("deadline") ? deadline : never);
  }

  /** The call itself. */
  @Benchmark
  public String direct() throws Exception {
    return call.call();
  }

  /** With nothing but observation. */
  @Benchmark
  public String observed() throws Exception {
    return dependencies.of("observed").call(call);
  }

  /** With the circuit breaker that each dependency has by default. */
  @Benchmark
  public String usual() throws Exception {
    return dependencies.of("usual").call(call);
  }

  /** With a timeout too. */
  @Benchmark
  public String timed() throws Exception {
    return dependencies.of("timed").call(call);
  }

  /** With the circuit breaker, and nobody waiting on a thread. */
  @Benchmark
  public CompletionStage<String> async() {
    return dependencies.of("usual").callAsync(() -> done);
  }
}
