package dev.snowshed.benchmarks.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** All that was measured of one target. Not safe for concurrent use. */
final class Result {
  private final String name;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Double> startupMillis = new ArrayList<>();

  Result(String name) {
    this.name = name;
  }

  /** The target's name. */
  String name() {
    return name;
  }

  void add(Sample sample) {
    samples.add(sample);
  }

  void addStartup(double millis) {
    startupMillis.add(millis);
  }

  /**
   * Sums up, figure by figure.
   *
   * @param ceiling what the ratio is to, round by round; null for no ratio
   * @return the figures by their names in the JSON; empty while nothing was measured
   */
  Map<String, Spread> figures(@Nullable Result ceiling) {
    Map<String, Spread> figures = new LinkedHashMap<>();
    if (!samples.isEmpty()) {
      figures.put("requestsPerSecond", spread(sample -> sample.load().requestsPerSecond()));
      if (ceiling != null && ceiling.samples.size() == samples.size()) {
        double[] ratios = new double[samples.size()];
        for (int round = 0; round < ratios.length; round++) {
          ratios[round] =
              samples.get(round).load().requestsPerSecond()
                  / ceiling.samples.get(round).load().requestsPerSecond();
        }
        figures.put("ratio", Spread.of(ratios));
      }
      figures.put("p50Micros", spread(sample -> sample.load().p50Micros()));
      figures.put("p99Micros", spread(sample -> sample.load().p99Micros()));
      figures.put("cpuMicrosPerRequest", spread(Sample::cpuMicrosPerRequest));
      figures.put("elsewhere", spread(Sample::elsewhere));
    }
    if (!startupMillis.isEmpty()) {
      figures.put(
          "startupMillis",
          Spread.of(startupMillis.stream().mapToDouble(Double::doubleValue).toArray()));
    }
    if (!samples.isEmpty()) {
      figures.put("rssMib", spread(Sample::rssMib));
      figures.put("peakRssMib", spread(Sample::peakRssMib));
    }
    return figures;
  }

  private Spread spread(ToDoubleFunction<Sample> figure) {
    return Spread.of(samples.stream().mapToDouble(figure).toArray());
  }
}
