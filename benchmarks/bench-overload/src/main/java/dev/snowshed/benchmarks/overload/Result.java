package dev.snowshed.benchmarks.overload;

import dev.snowshed.benchmarks.http.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What one target did with one function over the rounds. Not safe for concurrent use. */
final class Result {
  private final Workload workload;
  private final String target;
  private final List<Visit> visits = new ArrayList<>();

  Result(Workload workload, String target) {
    this.workload = workload;
    this.target = target;
  }

  void add(Visit visit) {
    visits.add(visit);
  }

  Workload workload() {
    return workload;
  }

  String target() {
    return target;
  }

  /** How many phases each visit had; 0 without a visit. */
  int phases() {
    return visits.isEmpty() ? 0 : visits.getFirst().phases().size();
  }

  /** A figure of the visits, of those in which it is a number; empty if it is in none. */
  Optional<Spread> spread(ToDoubleFunction<Visit> figure) {
    double[] samples = visits.stream().mapToDouble(figure).filter(Double::isFinite).toArray();
    return samples.length == 0 ? Optional.empty() : Optional.of(Spread.of(samples));
  }

  /** A figure of one phase of the visits. */
  Spread phaseSpread(int phase, ToDoubleFunction<Phase> figure) {
    return spread(visit -> figure.applyAsDouble(visit.phases().get(phase))).orElseThrow();
  }

  /** Goodput as a share of what is reachable, in one phase of the visits. */
  Spread goodputRatio(int phase) {
    return spread(visit -> visit.goodputRatio(visit.phases().get(phase))).orElseThrow();
  }

  boolean valid(int phase) {
    return visits.stream().allMatch(visit -> visit.phases().get(phase).valid());
  }

  /** Whether others used the machine too much in any phase. */
  boolean disturbed() {
    return visits.stream().anyMatch(visit -> visit.phases().stream().anyMatch(Phase::disturbed));
  }

  boolean capped(int phase) {
    return visits.stream().anyMatch(visit -> visit.phases().get(phase).capped());
  }

  /** All of it, as {@link Options#HELP} describes it. */
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("function", workload.title());
    figures.put("target", target);
    figures.put("capacityPerSecond", json(spread(Visit::capacityPerSecond)));
    figures.put("bestPerSecond", json(spread(Visit::reachablePerSecond)));
    figures.put("plainCpuMicros", json(spread(Visit::plainCpuMicros)));
    figures.put("servedCpuMicros", json(spread(Visit::servedCpuMicros)));
    figures.put("refusalCpuMicros", json(spread(Visit::refusalCpuMicros)));
    List<Object> phases = new ArrayList<>();
    for (int phase = 0; phase < phases(); phase++) {
      phases.add(phaseFigures(phase));
    }
    figures.put("phases", phases);
    figures.put(
        "rounds",
        visits.stream()
            .map(visit -> visit.phases().stream().map(Phase::figures).toList())
            .toList());
    return figures;
  }

  private Map<String, Object> phaseFigures(int phase) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("factor", phaseSpread(phase, Phase::factor).median());
    figures.put("goodputRatio", json(Optional.of(goodputRatio(phase))));
    put(figures, "goodputPerSecond", phase, Phase::goodputPerSecond);
    put(figures, "p50Millis", phase, measured -> measured.tally().goodMillis(50));
    put(figures, "p99Millis", phase, measured -> measured.tally().goodMillis(99));
    put(figures, "refusedP99Millis", phase, measured -> measured.tally().refusedMillis(99));
    put(figures, "latenessP99Millis", phase, measured -> measured.tally().latenessMillis(99));
    figures.put("valid", valid(phase));
    figures.put("capped", capped(phase));
    return figures;
  }

  private void put(
      Map<String, Object> figures, String key, int phase, ToDoubleFunction<Phase> figure) {
    figures.put(key, json(Optional.of(phaseSpread(phase, figure))));
  }

  /** Without a spread, a number that is none: JSON's null. */
  private static Object json(Optional<Spread> spread) {
    if (spread.isEmpty()) {
      return Double.NaN;
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("median", spread.get().median());
    figures.put("min", spread.get().min());
    figures.put("max", spread.get().max());
    figures.put("samples", spread.get().samples());
    return figures;
  }
}
