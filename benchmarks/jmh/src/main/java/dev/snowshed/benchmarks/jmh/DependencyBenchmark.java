package dev.snowshed.benchmarks.jmh;

import dev.snowshed.core.dependency.CallRecord;
import dev.snowshed.core.dependency.DependencySettings;
import dev.snowshed.core.dependency.FunctionDependencies;
import dev.snowshed.core.dependency.Outcome;
import dev.snowshed.core.dependency.Snapshot;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to observe a function's calls of its dependencies? Each benchmark is one call
 * of the function with one dependency call or with five, both clock readings of each included. With
 * one thread, and with two that share the statistics.
 *
 * <p>Command: {@code ./snowshed bench jmh DependencyBenchmark -prof gc}; {@code gc.alloc.rate.norm}
 * is the bytes for each call of the function.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DependencyBenchmark {

  /** The statistics of one function. */
  @State(Scope.Benchmark)
  public static class Statistics {
    private final FunctionDependencies function =
        new FunctionDependencies("bench", new DependencySettings("bench", Duration.ofSeconds(1)));
  }

  /** Where a record is kept between the two: as in a host, it escapes from the call. */
  @State(Scope.Thread)
  public static class Held {
    private CallRecord record =
        new FunctionDependencies("none", new DependencySettings("none", Duration.ofSeconds(1)))
            .begin(0);
  }

  /** One dependency call. */
  @Benchmark
  @Threads(1)
  public CallRecord one(Statistics statistics, Held held) {
    return call(statistics.function, held, 1);
  }

  /** One dependency call while another thread makes one. */
  @Benchmark
  @Threads(2)
  public CallRecord oneShared(Statistics statistics, Held held) {
    return call(statistics.function, held, 1);
  }

  /** Five dependency calls. */
  @Benchmark
  @Threads(1)
  public CallRecord five(Statistics statistics, Held held) {
    return call(statistics.function, held, 5);
  }

  /** Five dependency calls while another thread makes five. */
  @Benchmark
  @Threads(2)
  public CallRecord fiveShared(Statistics statistics, Held held) {
    return call(statistics.function, held, 5);
  }

  private static CallRecord call(FunctionDependencies function, Held held, int times) {
    long begin = System.nanoTime();
    held.record = function.begin(begin);
    for (int i = 0; i < times; i++) {
      long before = System.nanoTime();
      held.record.ended(function.edge("catalog"), Outcome.OK, System.nanoTime() - before);
    }
    long now = System.nanoTime();
    held.record.finish(false, now - begin, now);
    return held.record;
  }

  /** Only what {@link #five} reads of the clock. */
  @Benchmark
  @Threads(1)
  public long fiveClocks() {
    long sum = System.nanoTime();
    for (int i = 0; i < 5; i++) {
      long before = System.nanoTime();
      sum += System.nanoTime() - before;
    }
    return sum + System.nanoTime();
  }

  /** What is asked for when the map is drawn. */
  @Benchmark
  @Threads(1)
  public Snapshot snapshot(Statistics statistics, Held held) {
    call(statistics.function, held, 1);
    return statistics.function.snapshot(System.nanoTime());
  }
}
