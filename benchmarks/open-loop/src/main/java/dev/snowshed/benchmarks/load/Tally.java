package dev.snowshed.benchmarks.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Counts what became of requests. Latencies run from when a request was due, not from when it was
 * sent. Not safe for concurrent use.
 */
public final class Tally {
  private static final long HIGHEST_MICROS = 120_000_000;
  private static final long NANOS_PER_MICRO = 1000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
  private final Histogram good = histogram();
  private final Histogram refused = histogram();
  private final Histogram lateness = histogram();
  private final List<Integer> goodBySecond = new ArrayList<>();
  private long served;

  private static Histogram histogram() {
    return new Histogram(1, HIGHEST_MICROS, 3);
  }

  /**
   * A request was begun.
   *
   * @param latenessNanos how long after it was due
   */
  public void begun(long latenessNanos) {
    record(lateness, latenessNanos);
  }

  /**
   * A request that was due in the window ended, then or later.
   *
   * @param outcome how
   * @param status of the answer, or what stands in its place
   * @param latencyNanos since it was due
   */
  public void ended(Outcome outcome, int status, long latencyNanos) {
    counts.merge(outcome, 1L, Long::sum);
    if (status == 200) {
      served++;
    }
    if (outcome == Outcome.GOOD) {
      record(good, latencyNanos);
    } else if (outcome == Outcome.REFUSED) {
      record(refused, latencyNanos);
    }
  }

  private static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.clamp(nanos / NANOS_PER_MICRO, 1, HIGHEST_MICROS));
  }

  /**
   * A good answer came in the window, whenever its request was due.
   *
   * @param nanos since the window's beginning
   */
  public void goodAnswer(long nanos) {
    int second = (int) (nanos / NANOS_PER_SECOND);
    while (goodBySecond.size() <= second) {
      goodBySecond.add(0);
    }
    goodBySecond.set(second, goodBySecond.get(second) + 1);
  }

  public long count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  /** Good answers that came in the window: what was carried, without what was left in queues. */
  public long goodAnswers() {
    return goodBySecond.stream().mapToLong(Integer::longValue).sum();
  }

  /** All that were due. */
  public long offered() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Answers with 200, in time or not: the work that was done. */
  public long served() {
    return served;
  }

  /** Good answers in each second of the window. */
  public List<Integer> goodBySecond() {
    return List.copyOf(goodBySecond);
  }

  public double goodMillis(double percentile) {
    return millis(good, percentile);
  }

  public double refusedMillis(double percentile) {
    return millis(refused, percentile);
  }

  public double latenessMillis(double percentile) {
    return millis(lateness, percentile);
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1e3;
  }
}
