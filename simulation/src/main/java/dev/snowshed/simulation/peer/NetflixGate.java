package dev.snowshed.simulation.peer;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import dev.snowshed.simulation.engine.Gate;
import dev.snowshed.simulation.engine.Job;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The real Netflix limiter, on virtual time: a {@code SimpleLimiter} around a limit in a {@code
 * WindowedLimit}, all with the defaults of their builders. A request that ends too late for its
 * caller, or was cut, is reported as dropped, as a caller's timeout would be.
 *
 * <p>Source: github.com/Netflix/concurrency-limits, library version 0.5.3.
 */
final class NetflixGate implements Gate {
  /** Far above what any scenario reaches. */
  private static final int UNCAPPED = 100_000;

  private final SimpleLimiter<Job> limiter;
  private final Runnable afterSample;
  private long now;

  private NetflixGate(Limit limit, Runnable afterSample) {
    this.afterSample = afterSample;
    this.limiter =
        SimpleLimiter.newBuilder()
            .named("peer")
            .nanoClock(() -> now)
            .limit(WindowedLimit.newBuilder().build(limit))
            .build();
  }

  /** Vegas; its limit lies between 1 and 1000. */
  static Gate vegas(long seed) {
    VegasLimit vegas = VegasLimit.newDefault();
    return new NetflixGate(vegas, new ProbeJitter(vegas, new SplittableRandom(seed))::afterSample);
  }

  /** Gradient2; its limit lies between 20 and 200. */
  static Gate gradient2() {
    return new NetflixGate(Gradient2Limit.newDefault(), () -> {});
  }

  /** Gradient2 without an upper bound that could be felt. */
  static Gate gradient2Uncapped() {
    return new NetflixGate(Gradient2Limit.newBuilder().maxConcurrency(UNCAPPED).build(), () -> {});
  }

  /** Additive increase, multiplicative decrease; the limit lies between 20 and 200. */
  static Gate aimd() {
    return new NetflixGate(AIMDLimit.newBuilder().build(), () -> {});
  }

  /** The same without an upper bound that could be felt. */
  static Gate aimdUncapped() {
    return new NetflixGate(AIMDLimit.newBuilder().maxLimit(UNCAPPED).build(), () -> {});
  }

  @Override
  public Verdict arrive(Job job, long nowNanos) {
    now = nowNanos;
    Optional<Limiter.Listener> permit = limiter.acquire(job);
    permit.ifPresent(job::attach);
    return permit.isPresent() ? Verdict.ADMIT : Verdict.REJECT;
  }

  @Override
  public void ended(Job job, long nowNanos, boolean dropped) {
    now = nowNanos;
    Limiter.Listener permit = (Limiter.Listener) job.attachment();
    if (dropped || Inflight.isLate(job, nowNanos, false)) {
      permit.onDropped();
    } else {
      permit.onSuccess();
    }
    afterSample.run();
  }

  @Override
  public int limit() {
    return limiter.getLimit();
  }
}
