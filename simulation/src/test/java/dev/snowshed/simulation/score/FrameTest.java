package dev.snowshed.simulation.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.simulation.scenario.BuiltInScenarios;
import dev.snowshed.simulation.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTest {

  @Test
  void tellsASustainedOverloadFromBurstsAndFromWhatIsBeforeTheScoredPart() {
    List<String> sustained =
        BuiltInScenarios.all().stream()
            .filter(scenario -> new Frame(scenario).isSustainedOverload())
            .map(Scenario::name)
            .toList();

    assertEquals(
        List.of("B-step", "C-drift", "G-cost-doubles", "L-noisy-neighbour", "M-pool", "N-sleep"),
        sustained);
  }
}
