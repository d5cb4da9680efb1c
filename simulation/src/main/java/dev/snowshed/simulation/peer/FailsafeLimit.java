package dev.snowshed.simulation.peer;

/**
 * The adaptive limiter of failsafe-go, a port by formula with the defaults of its builder.
 *
 * <p>A window ends after twice its lowest latency, within 1 and 30 s, and not before 50 samples.
 * Its 0.9 quantile, through a median of 5 and a moving average of age 5, is {@code recent}; the
 * moving average of {@code recent} of age 10 is {@code baseline}. With {@code n} the highest
 * in-flight count of the window, {@code queue = ⌈limit · (1 − baseline ÷ recent)⌉}, {@code log =
 * ⌊log₁₀ limit⌋}, at least 1, and correlations over 50 windows, the first that holds decides:
 *
 * <pre>
 * queue &gt; 6·log                                                → down
 * full, and n and throughput (n ÷ recent) correlate below 0    → down
 * full, and they correlate below 0.3, n and recent above 0.5   → down
 * full, and throughput varies below 0.2, n and recent above 0.5 → down
 * queue &lt; 3·log                                                → up
 * </pre>
 *
 * A step is {@code log}. The limit is at most 5·n, to which it falls step by step, and lies between
 * 1 and its upper bound. A request that was cut or cancelled gives no sample; a late one does.
 *
 * <p>Where this departs: quantiles are exact, not from a t-digest.
 *
 * <p>Source: github.com/failsafe-go/failsafe-go, {@code adaptivelimiter} and {@code internal/util}
 * at commit 5759a5e6d557 (after 0.9.7).
 */
final class FailsafeLimit implements LimitLaw {
  /** The upper bound that the builder sets. */
  static final int DEFAULT_MAX = 200;

  private static final int INITIAL_LIMIT = 20;
  private static final double MAX_FACTOR = 5;
  private static final int MIN_SAMPLES = 50;
  private static final double QUANTILE = 0.9;
  private static final long MIN_WINDOW_NANOS = 1_000_000_000L;
  private static final long MAX_WINDOW_NANOS = 30_000_000_000L;
  private static final int SMOOTHING_AGE = 5;
  private static final int BASELINE_AGE = 10;
  private static final int CORRELATION_WINDOWS = 50;

  private final int maxLimit;
  private final Latencies latencies = new Latencies();
  private final MovingMedian median = new MovingMedian();
  private final MovingAverage smoothed = new MovingAverage(SMOOTHING_AGE);
  private final MovingAverage baseline = new MovingAverage(BASELINE_AGE);
  private final Correlation throughputs = new Correlation(CORRELATION_WINDOWS);
  private final Correlation recents = new Correlation(CORRELATION_WINDOWS);
  private double limit = INITIAL_LIMIT;
  private int maxInflight;
  private long nextUpdateNanos;

  FailsafeLimit(int maxLimit) {
    this.maxLimit = maxLimit;
  }

  @Override
  public void ended(Ended request) {
    if (!request.dropped()) {
      latencies.add(request.latencyNanos());
      maxInflight = Math.max(maxInflight, request.inflightAtStart());
    }
    if (request.endNanos() > nextUpdateNanos && latencies.size() >= MIN_SAMPLES) {
      boolean full = request.inflightAtEnd() >= limit();
      update(smoothed.add(median.add((double) latencies.quantile(QUANTILE))), full);
      startWindow(request.endNanos());
    }
  }

  private void startWindow(long nowNanos) {
    nextUpdateNanos =
        nowNanos + Math.clamp(2 * latencies.min(), MIN_WINDOW_NANOS, MAX_WINDOW_NANOS);
    latencies.clear();
    maxInflight = 0;
  }

  private void update(double recent, boolean full) {
    int queue = (int) Math.ceil(limit * (1 - baseline.add(recent) / recent));
    throughputs.add(maxInflight, maxInflight / (recent / 1e9));
    recents.add(maxInflight, recent);
    int direction =
        direction(
            queue,
            log10(limit()),
            full,
            throughputs.coefficient(),
            throughputs.variationY(),
            recents.coefficient());
    limit = next(limit, direction * log10(limit()), maxInflight, maxLimit);
  }

  /** −1 for down, 0 for stay, 1 for up. */
  static int direction(
      int queue,
      int log,
      boolean full,
      double throughputCorrelation,
      double throughputVariation,
      double recentCorrelation) {
    boolean slower = recentCorrelation > 0.5;
    boolean inVain =
        throughputCorrelation < 0
            || (slower && (throughputCorrelation < 0.3 || throughputVariation < 0.2));
    if (queue > 6 * log || (full && inVain)) {
      return -1;
    }
    return queue < 3 * log ? 1 : 0;
  }

  /** The limit after a step, held by what is in flight and by the bounds. */
  static double next(double limit, int step, int maxInflight, int maxLimit) {
    double next = limit + step;
    double headroom = MAX_FACTOR * maxInflight;
    if (next > headroom) {
      next = limit > headroom ? limit - log10((int) limit) : headroom;
    }
    return Math.clamp(next, 1, maxLimit);
  }

  /** At least 1. */
  static int log10(int limit) {
    return Math.max(1, (int) Math.log10(limit));
  }

  @Override
  public int limit() {
    return (int) limit;
  }
}
