package dev.snowshed.simulation.peer;

import dev.snowshed.simulation.engine.Gate;
import dev.snowshed.simulation.engine.HostView;
import dev.snowshed.simulation.engine.Job;

/**
 * The BBR limiter of Kratos (aegis), a port by formula with its defaults.
 *
 * <p>Over 10 s in buckets of 100 ms, without the one that goes on, it takes the highest number of
 * completions in a bucket, at least 1, and the lowest mean latency of a bucket, in whole
 * milliseconds and at least 1. Both are kept for 100 ms. Then
 *
 * <pre>maxInflight = ⌊maxPass · minLatency · 10 ÷ 1000⌋</pre>
 *
 * An arrival is refused if more than 1 and more than {@code maxInflight} requests are in flight,
 * while the CPU is at 800 ‰ or above, and for a second after refusals began. The CPU is a moving
 * average, 0.95 old and 0.05 new, of the usage over 500 ms, which counts only if it is not 0.
 * Whatever ends counts as a completion.
 *
 * <p>Source: github.com/go-kratos/aegis, {@code ratelimit/bbr/bbr.go} and {@code internal/cpu} at
 * commit e0742c6a6307.
 */
final class KratosBbr implements Gate {
  private static final int BUCKETS = 100;
  private static final long BUCKET_NANOS = 100_000_000;
  private static final int BUCKETS_PER_SECOND = 10;
  private static final long CPU_NANOS = 500_000_000;
  private static final int CPU_THRESHOLD = 800;
  private static final double CPU_DECAY = 0.95;
  private static final long COOLING_NANOS = 1_000_000_000;
  private static final long NEVER = Long.MIN_VALUE;

  private final CpuMeter meter;
  private final BucketWindow latencies = new BucketWindow(BUCKETS, BUCKET_NANOS);
  private long usagePermille;
  private long cpuPermille;
  private int inflight;
  private long maxInflight = 1;
  private long computedAtNanos = NEVER;
  private long refusingSinceNanos = NEVER;

  KratosBbr(HostView host) {
    this.meter = new CpuMeter(host);
  }

  @Override
  public long tickNanos() {
    return CPU_NANOS;
  }

  @Override
  public void tick(long nowNanos) {
    long measured = (long) (1000 * meter.usage(nowNanos));
    usagePermille = measured == 0 ? usagePermille : measured;
    cpuPermille = average(cpuPermille, usagePermille);
  }

  static long average(long old, long usage) {
    return (long) (old * CPU_DECAY + Math.min(usage, 1000) * (1 - CPU_DECAY));
  }

  @Override
  public Verdict arrive(Job job, long nowNanos) {
    if (refuses(nowNanos)) {
      return Verdict.REJECT;
    }
    inflight++;
    return Verdict.ADMIT;
  }

  private boolean refuses(long nowNanos) {
    if (isHot()) {
      boolean over = exceeds(nowNanos);
      if (over && refusingSinceNanos == NEVER) {
        refusingSinceNanos = nowNanos;
      }
      return over;
    }
    if (refusingSinceNanos != NEVER && nowNanos - refusingSinceNanos > COOLING_NANOS) {
      refusingSinceNanos = NEVER;
    }
    return refusingSinceNanos != NEVER && exceeds(nowNanos);
  }

  private boolean isHot() {
    return cpuPermille >= CPU_THRESHOLD;
  }

  private boolean exceeds(long nowNanos) {
    if (computedAtNanos == NEVER || nowNanos - computedAtNanos >= BUCKET_NANOS) {
      computedAtNanos = nowNanos;
      maxInflight = maxInflight(latencies.maxCount(nowNanos), latencies.minMean(nowNanos));
    }
    return inflight > 1 && inflight > maxInflight;
  }

  /**
   * The law.
   *
   * @param maxPass completions in the best bucket
   * @param minMillis mean latency in the fastest bucket; infinite if there was none
   */
  static long maxInflight(long maxPass, double minMillis) {
    long millis = Double.isInfinite(minMillis) ? 1 : Math.max(1, (long) Math.ceil(minMillis));
    return Math.max(1, maxPass) * millis * BUCKETS_PER_SECOND / 1000;
  }

  @Override
  public void ended(Job job, long nowNanos, boolean dropped) {
    inflight--;
    long millis = Math.ceilDiv(nowNanos - job.admittedNanos(), 1_000_000L);
    latencies.add(millis, nowNanos);
  }

  @Override
  public int limit() {
    boolean refusing = isHot() || refusingSinceNanos != NEVER;
    return refusing ? (int) Math.max(2, maxInflight + 1) : Integer.MAX_VALUE;
  }
}
