package dev.snowshed.simulation.traffic;

import dev.snowshed.core.traffic.Estimate;
import dev.snowshed.core.traffic.FunctionTraffic;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How right the model was about one function, counted in seconds of runs. Not safe for concurrent
 * use.
 */
public final class Judged {
  /** So much of the capacity, at most, counts as having seen only a part. */
  static final double PART = 0.7;

  static final double BAR_SEEN = 0.10;
  static final double BAR_PART = 0.15;

  private static final double SETTLED_NANOS = 10e9;

  private int right;
  private int wrong;
  private int stale;
  private int unknown;
  private int covered;
  private double worst;
  private double truth;
  private double estimates;
  private double worstEnd;
  private int ends;
  private int unknownEnds;
  private String source = "";
  private final Map<String, Integer> reasons = new TreeMap<>();

  /**
   * A second has passed.
   *
   * @param actual what it really carries, per second
   * @param seen the largest share of it that has been asked for since it last changed
   * @param sinceChangeNanos how long it has been what it is
   */
  void add(FunctionTraffic said, double actual, double seen, long sinceChangeNanos) {
    Optional<Estimate> estimate = said.safeThroughput();
    if (estimate.isEmpty()) {
      unknown++;
      return;
    }
    double error = Math.abs(estimate.get().value() / actual - 1);
    covered += estimate.get().low() <= actual && actual <= estimate.get().high() ? 1 : 0;
    if (error <= (seen <= PART ? BAR_PART : BAR_SEEN)) {
      right++;
      worst = Math.max(worst, error);
    } else if (sinceChangeNanos < SETTLED_NANOS) {
      stale++;
    } else {
      wrong++;
      worst = Math.max(worst, error);
    }
  }

  /** The run is over. */
  void end(FunctionTraffic said, double actual) {
    truth = actual;
    Optional<Estimate> estimate = said.safeThroughput();
    if (estimate.isEmpty()) {
      unknownEnds++;
      reasons.merge(generalized(said.refusal().orElse("")), 1, Integer::sum);
      return;
    }
    double value = estimate.get().value();
    ends++;
    estimates += value;
    worstEnd = Math.max(worstEnd, Math.abs(value / actual - 1));
    source = estimate.get().source().name().toLowerCase(Locale.ROOT);
  }

  /** Up to its first comma and without its figures, so that reasons of several runs are one. */
  private static String generalized(String reason) {
    return reason.split(",", -1)[0].replaceAll("\\d+(\\.\\d+)?", "n");
  }

  /** Adds what another run brought. */
  void add(Judged other) {
    right += other.right;
    wrong += other.wrong;
    stale += other.stale;
    unknown += other.unknown;
    covered += other.covered;
    worst = Math.max(worst, other.worst);
    truth = other.truth;
    estimates += other.estimates;
    worstEnd = Math.max(worstEnd, other.worstEnd);
    ends += other.ends;
    unknownEnds += other.unknownEnds;
    source = source.isEmpty() ? other.source : source;
    other.reasons.forEach((reason, count) -> reasons.merge(reason, count, Integer::sum));
  }

  /** Seconds with a number within the bar. */
  public int right() {
    return right;
  }

  /** Seconds with a number beyond the bar, ten seconds or more after the capacity changed. */
  public int wrong() {
    return wrong;
  }

  /** Seconds with a number beyond the bar, sooner after the capacity changed. */
  public int stale() {
    return stale;
  }

  /** Seconds without a number. */
  public int unknown() {
    return unknown;
  }

  /** Share of the numbers whose interval held the truth. */
  public double coverage() {
    int numbers = right + wrong + stale;
    return numbers == 0 ? Double.NaN : (double) covered / numbers;
  }

  /** The largest error of a number that was not stale, as a share. */
  public double worst() {
    return worst;
  }

  /** The capacity at the end. */
  public double truth() {
    return truth;
  }

  /** How many runs ended with a number. */
  public int ends() {
    return ends;
  }

  /** How many did not. */
  public int unknownEnds() {
    return unknownEnds;
  }

  /** Mean of the numbers at the end of the runs. */
  public double estimate() {
    return ends == 0 ? Double.NaN : estimates / ends;
  }

  /** The largest error at the end of a run, as a share. */
  public double worstEnd() {
    return worstEnd;
  }

  /** Whether the number was measured or extrapolated; empty without one. */
  public String source() {
    return source;
  }

  /** The commonest reason for no number at the end of a run, with n for its figures. */
  public String reason() {
    return reasons.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }
}
