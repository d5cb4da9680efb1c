package dev.snowshed.benchmarks.jmh;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import dev.snowshed.core.admission.Admission;
import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.admission.AdmissionRequest;
import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.core.admission.AdmissionSettings.Mode;
import dev.snowshed.core.admission.FunctionGate;
import dev.snowshed.core.admission.HostSignals;
import dev.snowshed.core.admission.Permit;
import dev.snowshed.core.admission.Rejection;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
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
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AdmissionBenchmark {

  /** A limiter with room for the benchmark's threads. */
  @State(Scope.Benchmark)
  public static class Roomy {
    private final Limiter<Void> netflix = netflix();
    private final FunctionGate snowshed = snowshed(AdmissionSettings.DEFAULTS);
  }

  /** A limiter all of whose permits are taken. */
  @State(Scope.Benchmark)
  public static class Full {
    private final Limiter<Void> netflix = netflix();
    private final FunctionGate snowshed =
        snowshed(new AdmissionSettings(Mode.ADAPTIVE, 1, 0.25, 2, 0, 0.2, Long.MAX_VALUE, 1));

    /** Takes them. */
    @Setup
    public void fill() {
      while (netflix.acquire(null).isPresent()) {
        // until there is none
      }
      while (snowshed.admit(REQUEST, System.nanoTime()) instanceof Permit) {
        // until there is none
      }
    }
  }

  /** Where a permit is kept between the two: as in a server, it escapes from the call. */
  @State(Scope.Thread)
  public static class Held {
    private Optional<Limiter.Listener> netflix = Optional.empty();
    private Admission snowshed = new Rejection(Rejection.Reason.QUEUE_FULL, Duration.ofSeconds(1));
  }

  private static final long DEADLINE = System.nanoTime() + 3_600_000_000_000L;

  /** As a host's call object: there anyway, with its deadline in a field. */
  private static final AdmissionRequest REQUEST =
      new AdmissionRequest() {
        @Override
        public long deadlineNanos() {
          return DEADLINE;
        }

        @Override
        public void admitted(Permit permit) {
          throw new IllegalStateException("nobody waits here");
        }

        @Override
        public void rejected(Rejection rejection) {
          throw new IllegalStateException("nobody waits here");
        }
      };

  /** With enough processors for all threads to start at once. */
  private static final HostSignals IDLE_HOST = () -> 64;

  private static FunctionGate snowshed(AdmissionSettings settings) {
    return new AdmissionController(settings, IDLE_HOST, new SplittableRandom(1)).open("bench");
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

  /** Admits, starts and releases. */
  @Benchmark
  @Threads(1)
  public boolean snowshed(Roomy roomy, Held held) {
    return admitStartAndEnd(roomy.snowshed, held);
  }

  /** Admits, starts and releases while another thread does so. */
  @Benchmark
  @Threads(2)
  public boolean snowshedShared(Roomy roomy, Held held) {
    return admitStartAndEnd(roomy.snowshed, held);
  }

  private static boolean admitStartAndEnd(FunctionGate gate, Held held) {
    held.snowshed = gate.admit(REQUEST, System.nanoTime());
    if (held.snowshed instanceof Permit permit) {
      long now = System.nanoTime();
      permit.started(now);
      return permit.end(Permit.Outcome.SUCCESS, now);
    }
    return false;
  }

  /** Refuses. */
  @Benchmark
  @Threads(1)
  public Admission snowshedRefuses(Full full) {
    return full.snowshed.admit(REQUEST, System.nanoTime());
  }

  /** Refuses while another thread does so. */
  @Benchmark
  @Threads(2)
  public Admission snowshedRefusesShared(Full full) {
    return full.snowshed.admit(REQUEST, System.nanoTime());
  }
}
