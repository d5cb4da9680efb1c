package dev.snowshed.simulation.peer;

import java.util.random.RandomGenerator;

/**
 * Envoy's gradient controller, a port by formula.
 *
 * <p>From time to time it measures {@code minRTT}: a quantile of the latencies of so many requests,
 * meanwhile with a very low limit unless another lower bound is configured. Every update interval
 * it takes the same quantile of the window's latencies, {@code sampleRTT}, and sets
 *
 * <pre>
 * gradient = (1 + buffer) · minRTT ÷ sampleRTT, within 0.5 and 2
 * limit    = limit · gradient + √(limit · gradient)
 * </pre>
 *
 * within its bounds. {@code minRTT} is measured again after an interval with jitter, and at once
 * after the limit was at its lower bound in 5 updates on end. Requests let in before a measurement
 * began are not sampled any more.
 *
 * <p>Where this departs: quantiles are exact, not from a histogram.
 *
 * <p>Source: github.com/envoyproxy/envoy, {@code gradient_controller.cc} and {@code
 * adaptive_concurrency_filter.rst} at commit 149521d8cf7d.
 */
final class EnvoyGradient implements LimitLaw {
  private static final long NEVER = Long.MAX_VALUE;
  private static final int PATIENCE = 5;

  /**
   * Settings.
   *
   * @param minLimit lower bound, and the first limit
   * @param pins whether the limit is at the lower bound while {@code minRTT} is measured
   */
  record Settings(int minLimit, boolean pins) {
    static final double QUANTILE = 0.9;
    static final double BUFFER = 0.25;
    static final double JITTER = 0.1;
    static final int REQUEST_COUNT = 50;
    static final int MAX_LIMIT = 1000;
    static final long UPDATE_NANOS = 100_000_000;
    static final long MIN_RTT_INTERVAL_MILLIS = 60_000;

    /**
     * The example in the documentation before the lower bound could be set apart, as of 1.27; what
     * it leaves out has its default.
     */
    static final Settings PINNED = new Settings(3, true);

    /** The example in the documentation since the lower bound can be set apart. */
    static final Settings UNPINNED = new Settings(25, false);
  }

  private final Settings settings;
  private final RandomGenerator random;
  private final Latencies latenciesMicros = new Latencies();
  private long minRttAtNanos = NEVER;
  private long updateAtNanos = Settings.UPDATE_NANOS;
  private int limit;
  private int updatesAtMin;
  private long minRttMicros;

  /** The limit to return to after the measurement that goes on; 0 if none does. */
  private int deferredLimit;

  /** When the last measurement began. */
  private long epochNanos;

  EnvoyGradient(Settings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
    this.limit = settings.minLimit();
    measureMinRtt(0);
  }

  @Override
  public void advance(long nowNanos) {
    while (Math.min(minRttAtNanos, updateAtNanos) <= nowNanos) {
      if (minRttAtNanos <= updateAtNanos) {
        measureMinRtt(minRttAtNanos);
      } else if (isMeasuring()) {
        updateAtNanos = NEVER;
      } else {
        update(updateAtNanos);
      }
    }
  }

  private boolean isMeasuring() {
    return deferredLimit > 0;
  }

  private void measureMinRtt(long nowNanos) {
    minRttAtNanos = NEVER;
    if (isMeasuring()) {
      return;
    }
    deferredLimit = limit;
    if (settings.pins()) {
      setLimit(settings.minLimit(), nowNanos);
    }
    latenciesMicros.clear();
    epochNanos = nowNanos;
  }

  private void update(long nowNanos) {
    updateAtNanos = nowNanos + Settings.UPDATE_NANOS;
    if (latenciesMicros.size() > 0) {
      setLimit(next(limit, minRttMicros, summary()), nowNanos);
    }
  }

  private int next(int oldLimit, long minRtt, long sampleRtt) {
    return Math.clamp(
        unbounded(oldLimit, minRtt, sampleRtt), settings.minLimit(), Settings.MAX_LIMIT);
  }

  /** The law, without the bounds. */
  static int unbounded(int oldLimit, long minRtt, long sampleRtt) {
    double gradient = Math.clamp((1 + Settings.BUFFER) * minRtt / sampleRtt, 0.5, 2.0);
    double limit = oldLimit * gradient;
    return (int) (limit + Math.sqrt(limit));
  }

  private long summary() {
    long quantile = Math.max(1, latenciesMicros.quantile(Settings.QUANTILE));
    latenciesMicros.clear();
    return quantile;
  }

  private void setLimit(int newLimit, long nowNanos) {
    boolean stays = limit == settings.minLimit() && newLimit == settings.minLimit();
    updatesAtMin = stays && !isMeasuring() ? updatesAtMin + 1 : 0;
    limit = newLimit;
    if (updatesAtMin >= PATIENCE) {
      minRttAtNanos = nowNanos;
    }
  }

  @Override
  public void ended(Ended request) {
    boolean cancelled = request.dropped() && !request.late();
    if (cancelled || request.startNanos() < epochNanos) {
      return;
    }
    latenciesMicros.add(request.latencyNanos() / 1000);
    if (isMeasuring() && latenciesMicros.size() >= Settings.REQUEST_COUNT) {
      minRttMeasured(request.endNanos());
    }
  }

  private void minRttMeasured(long nowNanos) {
    minRttMicros = summary();
    if (settings.pins()) {
      setLimit(deferredLimit, nowNanos);
    }
    deferredLimit = 0;
    minRttAtNanos = nowNanos + (Settings.MIN_RTT_INTERVAL_MILLIS + jitterMillis()) * 1_000_000;
    updateAtNanos = nowNanos + Settings.UPDATE_NANOS;
  }

  private long jitterMillis() {
    return random.nextInt((int) (Settings.MIN_RTT_INTERVAL_MILLIS * Settings.JITTER));
  }

  @Override
  public int limit() {
    return limit;
  }
}
