package dev.snowshed.simulation.scaling;

import dev.snowshed.simulation.score.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds an autoscaler of ours against the others in one scenario.
 *
 * <p>It passes if no other is better: has at least our goodput, up to noise, at fewer
 * instance-hours, or more goodput at no more of them. Noise is half the 95 % interval of the
 * difference over the seeds, each of which brings the same requests to both, and at least 0.2 % of
 * the demand and 2 % of the hours.
 *
 * @param scenario its name
 * @param better those that are better, and by what
 */
record Verdict(String scenario, List<String> better) {
  private static final double LEAST_NOISE = 0.002;
  private static final double LEAST_HOURS_NOISE = 0.02;

  Verdict {
    better = List.copyOf(better);
  }

  static Verdict of(ScalingResult result, String ours) {
    ScalingScores own = result.scores(ours);
    List<String> better = new ArrayList<>();
    for (ScalingResult.Row row : result.rows()) {
      if (!Contestants.isOurs(row.name()) && isBetter(row.scores(), own)) {
        better.add(
            String.format(
                Locale.ROOT,
                "%s (%+.3f goodput, %+.2f hours)",
                row.name(),
                row.scores().goodput().mean() - own.goodput().mean(),
                row.scores().instanceHours().mean() - own.instanceHours().mean()));
      }
    }
    return new Verdict(result.scenario().name(), better);
  }

  /** At least as good in one, and better in the other. */
  private static boolean isBetter(ScalingScores other, ScalingScores own) {
    Interval goodput = other.more(own, ScalingScores.Run::goodput);
    Interval saved = own.more(other, ScalingScores.Run::instanceHours);
    double noise = Math.max(LEAST_NOISE, goodput.half());
    double hoursNoise = Math.max(LEAST_HOURS_NOISE * own.instanceHours().mean(), saved.half());
    return (goodput.mean() > noise && saved.mean() >= -hoursNoise)
        || (goodput.mean() >= -noise && saved.mean() > hoursNoise);
  }
}
