package dev.snowshed.simulation.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The scenarios that come with the simulator. */
public final class BuiltInScenarios {
  static final List<String> NAMES =
      List.of(
          "A-steady",
          "B-step",
          "C-drift",
          "D-slow-downstream",
          "E-bimodal",
          "F-idle-burst",
          "G-cost-doubles",
          "H-cold-start",
          "I-gc-pauses",
          "J-on-off",
          "K-retry-storm",
          "L-noisy-neighbour",
          "M-pool",
          "N-sleep");

  static final List<String> MORE =
      List.of(
          "lax-deadline-200",
          "lax-deadline-120",
          "tight-deadline",
          "one-core",
          "sixteen-cores",
          "short-requests",
          "long-requests",
          "heavy-tail",
          "bimodal-overload",
          "wait-then-cpu",
          "constant-wait-then-cpu",
          "downstream-25-times-slower",
          "pool-constant",
          "pool-instrumented",
          "pool-lax-deadline",
          "pool-of-five",
          "pool-that-misses-deadlines",
          "noisy-behind-pool",
          "noisy-that-waits",
          "quiet-that-waits",
          "two-overloaded",
          "bursts-lax-deadline",
          "spikes",
          "on-off-long",
          "storm-of-impatient",
          "cost-recovers",
          "near-capacity");

  private BuiltInScenarios() {}

  /** Those that are played if none are named. */
  public static List<Scenario> all() {
    return NAMES.stream().map(BuiltInScenarios::named).toList();
  }

  /** Further ones, to see whether what holds in those holds elsewhere. */
  public static List<Scenario> more() {
    return MORE.stream().map(name -> read("/scenarios-more/", name)).toList();
  }

  /**
   * One of those that are played if none are named.
   *
   * @throws ScenarioException if there is none of that name
   */
  public static Scenario named(String name) {
    if (!NAMES.contains(name)) {
      throw new ScenarioException(
          "no scenario '" + name + "' is built in; there are " + String.join(", ", NAMES));
    }
    return read("/scenarios/", name);
  }

  private static Scenario read(String folder, String name) {
    String file = name + ".yaml";
    try (InputStream in =
        Objects.requireNonNull(BuiltInScenarios.class.getResourceAsStream(folder + file), file)) {
      return new ScenarioReader().read(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
