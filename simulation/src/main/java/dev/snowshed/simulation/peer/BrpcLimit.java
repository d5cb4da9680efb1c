package dev.snowshed.simulation.peer;

import java.util.random.RandomGenerator;

/**
 * The automatic concurrency limiter of brpc ({@code max_concurrency = "auto"}), a port by formula
 * with the defaults of its flags. All latencies are in microseconds.
 *
 * <p>At most one request per 0.1 ms is sampled. A window ends after 200 samples, or after a second
 * if it has enough (100) by then, else it is thrown away. From each window:
 *
 * <pre>
 * latency    = ⌈(Σ latency of successes + Σ latency of failures) ÷ successes⌉
 * minLatency = latency if it is the first, else, if lower, 0.1 · latency + 0.9 · minLatency
 * maxQps     = qps if it is higher, else 0.01 · qps + 0.99 · maxQps
 * explore    = within 0.06 and 0.3: 0.02 more if latency ≤ 1.06 · minLatency
 *              or qps ≤ maxQps ÷ 1.06, else 0.02 less
 * limit      = minLatency · maxQps · (1 + explore)
 * </pre>
 *
 * and never below the number of worker threads. Every 25 to 50 s the limit falls to 0.9 ·
 * minLatency · maxQps for twice the latency, and minLatency starts anew. A window of failures only
 * halves the limit. A request that is late or was cut is a failure.
 *
 * <p>Source: github.com/apache/brpc, {@code auto_concurrency_limiter.cpp} and {@code
 * docs/cn/auto_concurrency_limiter.md} at commit 71871ee9fb46.
 */
final class BrpcLimit implements LimitLaw {
  private static final long SAMPLING_MICROS = 100;
  private static final long WINDOW_MICROS = 1_000_000;

  /** The default of the fewest samples that make a window. */
  static final int DEFAULT_MIN_SAMPLES = 100;

  private static final int MAX_SAMPLES = 200;
  private static final int INITIAL_LIMIT = 40;
  private static final int REMEASURE_MILLIS = 50_000;
  private static final double ALPHA = 0.1;
  private static final double REDUCTION = 0.9;
  private static final double MAX_EXPLORE = 0.3;
  private static final double MIN_EXPLORE = 0.06;
  private static final double EXPLORE_STEP = 0.02;

  /** The default number of worker threads: 8, and one that waits for events. */
  private static final int MIN_LIMIT = 9;

  private final int minSamples;
  private final RandomGenerator random;
  private int limit = INITIAL_LIMIT;
  private double explore = MAX_EXPLORE;
  private long minLatency = -1;
  private double maxQps = -1;
  private long remeasureAt;

  /** Until when the limit is kept low for a new minLatency; 0 if it is not. */
  private long resetAt;

  private long sampledAt;
  private long windowStart;
  private int succeeded;
  private int failed;
  private long latencySum;

  /** Successes since the window's start, those not sampled included. */
  private int allSucceeded;

  /**
   * A limiter.
   *
   * @param minSamples the fewest samples that make a window. With the default of 100 a host that
   *     answers fewer than 100 requests per second keeps its limit for ever
   * @param random for the time of measurements
   */
  BrpcLimit(int minSamples, RandomGenerator random) {
    this.minSamples = minSamples;
    this.random = random;
    this.remeasureAt = nextRemeasure(0);
  }

  private long nextRemeasure(long now) {
    return now + (REMEASURE_MILLIS / 2 + random.nextInt(REMEASURE_MILLIS / 2)) * 1000L;
  }

  @Override
  public void ended(Ended request) {
    if (request.useful()) {
      allSucceeded++;
    }
    long now = request.endNanos() / 1000;
    if (sampledAt == 0 || now - sampledAt >= SAMPLING_MICROS) {
      sampledAt = now;
      sample(now, request.latencyNanos() / 1000, request.useful());
    }
  }

  private void sample(long now, long latency, boolean success) {
    if (resetAt > now) {
      return;
    }
    if (resetAt != 0) {
      minLatency = -1;
      resetAt = 0;
      remeasureAt = nextRemeasure(now);
      startWindow(now);
    }
    if (windowStart == 0) {
      windowStart = now;
    }
    count(latency, success);
    endWindow(now);
  }

  private void count(long latency, boolean success) {
    latencySum += latency;
    if (success) {
      succeeded++;
    } else {
      failed++;
    }
  }

  private void endWindow(long now) {
    int samples = succeeded + failed;
    boolean over = now - windowStart >= WINDOW_MICROS;
    if (samples >= MAX_SAMPLES || (over && samples >= minSamples)) {
      update(now);
      startWindow(now);
    } else if (over) {
      startWindow(now);
    }
  }

  private void startWindow(long now) {
    windowStart = now;
    succeeded = 0;
    failed = 0;
    latencySum = 0;
    allSucceeded = 0;
  }

  private void update(long now) {
    if (succeeded == 0) {
      setLimit(limit / 2);
      return;
    }
    long latency = Math.ceilDiv(latencySum, succeeded);
    double qps = 1e6 * allSucceeded / (now - windowStart);
    minLatency = nextMinLatency(minLatency, latency);
    maxQps = nextMaxQps(maxQps, qps);
    if (remeasureAt <= now) {
      resetAt = now + 2 * latency;
      setLimit((int) Math.ceil(maxQps * minLatency / 1e6 * REDUCTION));
    } else {
      explore = nextExplore(explore, latency, minLatency, qps, maxQps);
      setLimit((int) (minLatency * maxQps / 1e6 * (1 + explore)));
    }
  }

  static long nextMinLatency(long minLatency, long latency) {
    if (minLatency <= 0) {
      return latency;
    }
    return latency < minLatency ? (long) (latency * ALPHA + minLatency * (1 - ALPHA)) : minLatency;
  }

  static double nextMaxQps(double maxQps, double qps) {
    return qps >= maxQps ? qps : qps * ALPHA / 10 + maxQps * (1 - ALPHA / 10);
  }

  static double nextExplore(
      double explore, long latency, long minLatency, double qps, double maxQps) {
    boolean light = latency <= minLatency * (1 + MIN_EXPLORE) || qps <= maxQps / (1 + MIN_EXPLORE);
    return light
        ? Math.min(MAX_EXPLORE, explore + EXPLORE_STEP)
        : Math.max(MIN_EXPLORE, explore - EXPLORE_STEP);
  }

  private void setLimit(int next) {
    limit = Math.max(MIN_LIMIT, next);
  }

  @Override
  public int limit() {
    return limit;
  }
}
