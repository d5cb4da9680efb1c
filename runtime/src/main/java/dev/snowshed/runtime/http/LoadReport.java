package dev.snowshed.runtime.http;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.lifecycle.LifecycleStatus;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an answer tells gateways about the load of this host, as the header {@code
 * endpoint-load-metrics} of ORCA (Open Request Cost Aggregation, gRFC A51) in its text form:
 *
 * <pre>TEXT application_utilization=0.42,rps_fractional=812.5,eps=0.1</pre>
 *
 * <p>The utilization is the requests in flight as a share of the limit; while some wait it is (in
 * flight + waiting) / in flight, and so above 1. Both are divided by the host's weight, so that a
 * host in its slow start gets less. A refusal, and a host out of rotation, report 1 at least.
 * Gateways weigh by rate / utilization (Envoy, gRFC A58), and ignore a report without a rate; the
 * rate counts calls that have run and no refusals, so that refusing does not attract. Errors are
 * calls that failed or missed their deadline.
 *
 * <p>Safe for concurrent use. The texts are made once per utilization and {@link #tick}.
 */
final class LoadReport {
  static final CharSequence HEADER = HttpHeaders.createOptimized("endpoint-load-metrics");

  private static final long INTERVAL_NANOS = 100_000_000;
  private static final double MEMORY_NANOS = 1e9;

  /** In hundredths. */
  private static final int FULL = 100;

  private static final int MOST = 1000;

  /** A report of nothing would not count. */
  private static final double LEAST_WEIGHT = 0.01;

  private final AdmissionController controller;
  private final Supplier<LifecycleStatus> life;
  private final LongAdder finished = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile int limit = 1;
  private volatile Texts texts = new Texts("0.010", "0.000");

  // written by the thread that ticks
  private long since = Long.MIN_VALUE;
  private double finishedPerSecond;
  private double failedPerSecond;

  /**
   * A report.
   *
   * @param controller of what runs
   * @param life where the host is in its life
   */
  LoadReport(AdmissionController controller, Supplier<LifecycleStatus> life) {
    this.controller = controller;
    this.life = life;
  }

  /** Whether the host wants no further request of whoever reads this. */
  boolean isLeaving() {
    return life.get().state().isLeaving();
  }

  /** A call has run. */
  void ran() {
    finished.increment();
  }

  /** A call has failed or missed its deadline. */
  void failed() {
    failed.increment();
  }

  /** The header's value now. */
  CharSequence value(boolean refused) {
    int utilization = utilization();
    return texts.of(refused ? Math.max(FULL, utilization) : utilization);
  }

  /** Lets time pass. By one thread at a time. */
  void tick(long nowNanos) {
    limit = Math.max(1, controller.limit());
    if (since == Long.MIN_VALUE) {
      since = nowNanos;
    }
    double elapsed = nowNanos - since;
    if (elapsed >= INTERVAL_NANOS) {
      since = nowNanos;
      double weight = 1 - Math.exp(-elapsed / MEMORY_NANOS);
      finishedPerSecond += weight * (finished.sumThenReset() * 1e9 / elapsed - finishedPerSecond);
      failedPerSecond += weight * (failed.sumThenReset() * 1e9 / elapsed - failedPerSecond);
      texts = texts.with(rate(Math.max(0.01, finishedPerSecond)), rate(failedPerSecond));
    }
  }

  private static String rate(double perSecond) {
    return String.format(Locale.ROOT, "%.3f", perSecond);
  }

  /** In hundredths, from 1 to {@link #MOST}. */
  private int utilization() {
    long inflight = controller.inflight();
    long waiting = controller.waiting();
    long hundredths =
        waiting > 0
            ? FULL + FULL * waiting / Math.max(1, inflight)
            : (FULL * inflight + limit - 1) / limit;
    LifecycleStatus status = life.get();
    int least = status.isReady() ? 1 : FULL;
    double weight = status.isReady() ? Math.max(LEAST_WEIGHT, status.weight()) : 1;
    return Math.clamp(Math.round(hundredths / weight), least, MOST);
  }

  /** The values for one pair of rates, made when first asked for. */
  private static final class Texts {
    private final String rps;
    private final String eps;

    /** Two threads may make the same value; either will do, for both are immutable. */
    private final @Nullable CharSequence[] values = new @Nullable CharSequence[MOST + 1];

    Texts(String rps, String eps) {
      this.rps = rps;
      this.eps = eps;
    }

    Texts with(String newRps, String newEps) {
      return rps.equals(newRps) && eps.equals(newEps) ? this : new Texts(newRps, newEps);
    }

    CharSequence of(int hundredths) {
      CharSequence value = values[hundredths];
      if (value == null) {
        value =
            HttpHeaders.createOptimized(
                "TEXT application_utilization="
                    + hundredths / 100
                    + (hundredths % 100 < 10 ? ".0" : ".")
                    + hundredths % 100
                    + ",rps_fractional="
                    + rps
                    + ",eps="
                    + eps);
        values[hundredths] = value;
      }
      return value;
    }
  }
}
