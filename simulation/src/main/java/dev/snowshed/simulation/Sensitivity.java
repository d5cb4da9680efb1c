package dev.snowshed.simulation;

import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.core.limit.Tuning;
import dev.snowshed.simulation.engine.GateFactory;
import dev.snowshed.simulation.gate.SnowshedGate;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.DoubleFunction;

/**
 * The controller of the host as it is, and with one of its constants or settings halved or doubled,
 * as far as its range goes. Not safe for concurrent use.
 */
final class Sensitivity {
  /** The controller as it is. */
  static final String DEFAULT = "default";

  private static final AdmissionSettings STANDARD = AdmissionSettings.DEFAULTS;

  private final SequencedMap<String, GateFactory> variants = new LinkedHashMap<>();

  private Sensitivity() {}

  /** By what is changed and to which value; first that without a change. */
  static SequencedMap<String, GateFactory> variants() {
    Sensitivity sensitivity = new Sensitivity();
    sensitivity.variants.put(DEFAULT, SnowshedGate.with(STANDARD));
    sensitivity.addSettings();
    sensitivity.addConstants();
    return sensitivity.variants;
  }

  private void addSettings() {
    double share = STANDARD.queueShare();
    double runs = STANDARD.queueRuns();
    int queue = STANDARD.maxQueue();
    double retries = STANDARD.retryShare();
    int initial = STANDARD.initialLimit();
    add("queueShare", share, 1, value -> settings(value, runs, queue, retries, initial));
    add("queueRuns", runs, value -> settings(share, value, queue, retries, initial));
    add("maxQueue", queue, value -> settings(share, runs, whole(value), retries, initial));
    add("retryShare", retries, 1, value -> settings(share, runs, queue, value, initial));
    add("initialLimit", initial, value -> settings(share, runs, queue, retries, whole(value)));
  }

  private void addConstants() {
    for (Tuning.Parameter parameter : Tuning.Parameter.values()) {
      add(
          parameter.name(),
          STANDARD.tuning().get(parameter),
          value -> tuned(STANDARD.tuning().with(parameter, value)));
    }
  }

  private void add(String name, double standard, DoubleFunction<AdmissionSettings> settings) {
    add(name, standard, Double.MAX_VALUE, settings);
  }

  private void add(
      String name, double standard, double most, DoubleFunction<AdmissionSettings> settings) {
    for (double value : around(standard, most)) {
      String text = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
      variants.put(name + " " + text, SnowshedGate.with(settings.apply(value)));
    }
  }

  static List<Double> around(double standard, double most) {
    return List.of(standard / 2, Math.min(most, standard * 2));
  }

  private static int whole(double value) {
    return (int) Math.max(1, Math.round(value));
  }

  private static AdmissionSettings settings(
      double queueShare, double queueRuns, int maxQueue, double retryShare, int initialLimit) {
    return new AdmissionSettings(
        STANDARD.mode(),
        STANDARD.maxConcurrency(),
        queueShare,
        queueRuns,
        maxQueue,
        retryShare,
        STANDARD.maxBodyBytes(),
        initialLimit);
  }

  private static AdmissionSettings tuned(Tuning tuning) {
    return new AdmissionSettings(
        STANDARD.mode(),
        STANDARD.maxConcurrency(),
        STANDARD.queueShare(),
        STANDARD.queueRuns(),
        STANDARD.maxQueue(),
        STANDARD.retryShare(),
        STANDARD.maxBodyBytes(),
        STANDARD.initialLimit(),
        tuning);
  }
}
