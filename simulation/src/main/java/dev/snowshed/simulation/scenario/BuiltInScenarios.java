package dev.snowshed.simulation.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

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

  private BuiltInScenarios() {}

  /** All of them, by name. */
  public static List<Scenario> all() {
    return NAMES.stream().map(BuiltInScenarios::named).toList();
  }

  /**
   * One of them.
   *
   * @throws ScenarioException if there is none of that name
   */
  public static Scenario named(String name) {
    String file = name + ".yaml";
    try (InputStream in = BuiltInScenarios.class.getResourceAsStream("/scenarios/" + file)) {
      if (in == null) {
        throw new ScenarioException(
            "no scenario '" + name + "' is built in; there are " + String.join(", ", NAMES));
      }
      return new ScenarioReader().read(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
