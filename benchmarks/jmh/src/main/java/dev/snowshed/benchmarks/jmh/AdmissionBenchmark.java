package dev.snowshed.benchmarks.jmh;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import java.util.Optional;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to admit a request and to let it go, and to refuse one, beside Netflix'
 * SimpleLimiter with a windowed Gradient2 as its builders make it? With one thread, and with two
 * that share the limiter.
 *
 * <p>Command: {@code ./snowshed bench jmh AdmissionBenchmark -prof gc}; {@code gc.alloc.rate.norm}
 * is the bytes for each call.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AdmissionBenchmark {

  /** A limiter with room for the benchmark's threads. */
  @State(Scope.Benchmark)
  public static class Roomy {
    private final Limiter<Void> netflix = netflix();
  }

  /** A limiter all of whose permits are taken. */
  @State(Scope.Benchmark)
  public static class Full {
    private final Limiter<Void> netflix = netflix();

    /** Takes them. */
    @Setup
    public void fill() {
      while (netflix.acquire(null).isPresent()) {
        // until there is none
      }
    }
  }

  /** Where a permit is kept between the two: as in a server, it escapes from the call. */
  @State(Scope.Thread)
  public static class Held {
    private Optional<Limiter.Listener> netflix = Optional.empty();
  }

  private static Limiter<Void> netflix() {
    return SimpleLimiter.newBuilder()
        .limit(WindowedLimit.newBuilder().build(Gradient2Limit.newDefault()))
        .build();
  }

  /** Admits and releases. */
  @Benchmark
  @Threads(1)
  public boolean netflix(Roomy roomy, Held held) {
    return admitAndRelease(roomy.netflix, held);
  }

  /** Admits and releases while another thread does so. */
  @Benchmark
  @Threads(2)
  public boolean netflixShared(Roomy roomy, Held held) {
    return admitAndRelease(roomy.netflix, held);
  }

  private static boolean admitAndRelease(Limiter<Void> limiter, Held held) {
    held.netflix = limiter.acquire(null);
    held.netflix.ifPresent(Limiter.Listener::onSuccess);
    return held.netflix.isPresent();
  }

  /** Refuses. */
  @Benchmark
  @Threads(1)
  public boolean netflixRefuses(Full full) {
    return full.netflix.acquire(null).isPresent();
  }

  /** Refuses while another thread does so. */
  @Benchmark
  @Threads(2)
  public boolean netflixRefusesShared(Full full) {
    return full.netflix.acquire(null).isPresent();
  }
}
