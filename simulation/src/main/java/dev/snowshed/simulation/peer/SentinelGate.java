package dev.snowshed.simulation.peer;

import dev.snowshed.simulation.engine.Gate;
import dev.snowshed.simulation.engine.HostView;
import dev.snowshed.simulation.engine.Job;

/**
 * Sentinel's system rule, a port by formula. Once a second it looks at the machine.
 *
 * <p>The rule for the load refuses while {@code load1} is above 2.5 · cores, as its documentation
 * advises, and more than 1 and more than
 *
 * <pre>maxSuccessQps · minRt ÷ 1000</pre>
 *
 * requests are in flight; both from the last second in buckets of 500 ms: twice the successes of
 * the better bucket, at least 2, and the lowest latency in whole milliseconds, at least 1. The rule
 * for the CPU refuses everything while its usage in the last second was above a threshold. The
 * documentation names none; here it is 0.8.
 *
 * <p>{@code load1} is modelled as the kernel has it: every 5 s it becomes {@code load1 · e^(−5/60)
 * + active · (1 − e^(−5/60))}, where {@code active} is the length of the run queue and the number
 * of cores that were busy, as the mean of the last second. A request that is late or was cut counts
 * as a success, as in the original, which counts whatever ends.
 *
 * <p>Source: github.com/alibaba/Sentinel, {@code SystemRuleManager}, {@code SystemStatusListener},
 * {@code ArrayMetric} at commit d75a6687b827; the page System Adaptive Protection of its Chinese
 * documentation for 2.5 · cores; Linux {@code kernel/sched/loadavg.c} for {@code load1}.
 */
final class SentinelGate implements Gate {
  private static final long TICK_NANOS = 1_000_000_000;
  private static final int LOAD_TICKS = 5;
  private static final double LOAD_DECAY = Math.exp(-5.0 / 60);
  private static final double LOAD_PER_CORE = 2.5;
  private static final double CPU_THRESHOLD = 0.8;
  private static final long BUCKET_NANOS = 500_000_000;
  private static final int BUCKETS_PER_SECOND = 2;
  private static final long MAX_RT_MILLIS = 5000;

  /** What triggers the rule. */
  enum Trigger {
    LOAD,
    CPU
  }

  private final Trigger trigger;
  private final HostView host;
  private final CpuMeter meter;
  private double load1;
  private double usage;
  private int ticks;
  private int inflight;

  private long bucket;
  private long successes;
  private long minRt = MAX_RT_MILLIS;
  private long lastSuccesses;
  private long lastMinRt = MAX_RT_MILLIS;

  SentinelGate(Trigger trigger, HostView host) {
    this.trigger = trigger;
    this.host = host;
    this.meter = new CpuMeter(host);
  }

  @Override
  public long tickNanos() {
    return TICK_NANOS;
  }

  @Override
  public void tick(long nowNanos) {
    usage = meter.usage(nowNanos);
    if (++ticks % LOAD_TICKS == 0) {
      load1 = load1(load1, host.runQueueLength() + usage * host.cores());
    }
  }

  static double load1(double old, double active) {
    return old * LOAD_DECAY + active * (1 - LOAD_DECAY);
  }

  @Override
  public Verdict arrive(Job job, long nowNanos) {
    roll(nowNanos);
    if (refuses()) {
      return Verdict.REJECT;
    }
    inflight++;
    return Verdict.ADMIT;
  }

  private boolean refuses() {
    return switch (trigger) {
      case LOAD -> isLoaded() && inflight > 1 && inflight > capacity();
      case CPU -> usage > CPU_THRESHOLD;
    };
  }

  private boolean isLoaded() {
    return load1 > LOAD_PER_CORE * host.cores();
  }

  private double capacity() {
    return capacity(Math.max(successes, lastSuccesses), Math.min(minRt, lastMinRt));
  }

  /**
   * How many requests the host can carry.
   *
   * @param maxSuccesses in the better bucket
   * @param minRtMillis of both
   */
  static double capacity(long maxSuccesses, long minRtMillis) {
    double maxQps = Math.max(1, maxSuccesses) * (double) BUCKETS_PER_SECOND;
    return maxQps * Math.max(1, minRtMillis) / 1000;
  }

  private void roll(long nowNanos) {
    long current = nowNanos / BUCKET_NANOS;
    if (current == bucket) {
      return;
    }
    boolean follows = current == bucket + 1;
    lastSuccesses = follows ? successes : 0;
    lastMinRt = follows ? minRt : MAX_RT_MILLIS;
    successes = 0;
    minRt = MAX_RT_MILLIS;
    bucket = current;
  }

  @Override
  public void ended(Job job, long nowNanos, boolean dropped) {
    inflight--;
    roll(nowNanos);
    successes++;
    minRt = Math.min(minRt, nowNanos / 1_000_000 - job.admittedNanos() / 1_000_000);
  }

  @Override
  public int limit() {
    return switch (trigger) {
      case LOAD -> isLoaded() ? Math.max(2, (int) capacity() + 1) : Integer.MAX_VALUE;
      case CPU -> usage > CPU_THRESHOLD ? 0 : Integer.MAX_VALUE;
    };
  }
}
