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

  private static final int UNFLOORED = 1;

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
    return gradient2(Gradient2Limit.newBuilder());
  }

  /** Gradient2 without an upper bound that could be felt. */
  static Gate gradient2Uncapped() {
    return gradient2(Gradient2Limit.newBuilder().maxConcurrency(UNCAPPED));
  }

  /**
   * Gradient2 for what can do fewer than 20 at once. The builder's lower bound is to keep "the
   * algorithm from adjust the limit too far down", says its documentation, and is chosen as sane
   * for a server (pull request 114); here it is that of Vegas, 1.
   */
  static Gate gradient2Unfloored() {
    return gradient2(Gradient2Limit.newBuilder().minLimit(UNFLOORED));
  }

  private static Gate gradient2(Gradient2Limit.Builder limit) {
    return new NetflixGate(limit.build(), () -> {});
  }

  /** Additive increase, multiplicative decrease; the limit lies between 20 and 200. */
  static Gate aimd() {
    return aimd(AIMDLimit.newBuilder());
  }

  /** The same without an upper bound that could be felt. */
  static Gate aimdUncapped() {
    return aimd(AIMDLimit.newBuilder().maxLimit(UNCAPPED));
  }

  /** The same with a lower bound of 1, as {@link #gradient2Unfloored}. */
  static Gate aimdUnfloored() {
    return aimd(AIMDLimit.newBuilder().minLimit(UNFLOORED));
  }

  private static Gate aimd(AIMDLimit.Builder limit) {
    return new NetflixGate(limit.build(), () -> {});
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
