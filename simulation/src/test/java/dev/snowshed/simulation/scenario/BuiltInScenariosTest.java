package dev.snowshed.simulation.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.simulation.scenario.Distribution.Constant;
import dev.snowshed.simulation.scenario.Distribution.Exponential;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BuiltInScenariosTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  private static FunctionLoad only(String name) {
    return BuiltInScenarios.named(name).functions().getFirst();
  }

  private static List<String> filesOf(String folder) throws IOException, URISyntaxException {
    URL url = Objects.requireNonNull(BuiltInScenariosTest.class.getResource(folder));
    try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
      return files
          .map(file -> file.getFileName().toString().replace(".yaml", ""))
          .sorted()
          .toList();
    }
  }

  private static List<String> names(List<Scenario> scenarios) {
    return scenarios.stream().map(Scenario::name).toList();
  }

  @Test
  void allCanBeReadAndAreNamedAsTheirFiles() throws IOException, URISyntaxException {
    List<String> names = names(BuiltInScenarios.all());
    assertEquals(filesOf("/scenarios"), names);
    assertEquals(14, names.size());
  }

  @Test
  void furtherOnesCanBeReadAndSayWhatTheyAre() throws IOException, URISyntaxException {
    List<Scenario> more = BuiltInScenarios.more();
    assertEquals(filesOf("/scenarios-more"), names(more).stream().sorted().toList());
    assertEquals(27, more.stream().map(Scenario::title).distinct().count());
    more.forEach(scenario -> assertNotEquals(scenario.name(), scenario.title()));
  }

  @Test
  void theyAreWhatTheirTitlesSay() {
    assertEquals(200.0, only("B-step").arrivals().at(20 * SECOND - 1));
    assertEquals(800.0, only("B-step").arrivals().at(20 * SECOND));
    assertEquals(new Constant(200 * MILLI), only("D-slow-downstream").downstream().at(60 * SECOND));
    assertEquals(600.0, only("F-idle-burst").arrivals().at(30 * SECOND + 99 * MILLI));
    assertEquals(5.0, only("F-idle-burst").arrivals().at(30 * SECOND + 100 * MILLI));
    assertEquals(new Exponential(20 * MILLI), only("G-cost-doubles").cpu().at(60 * SECOND));
    assertEquals(8, BuiltInScenarios.named("H-cold-start").costAt(0));
    assertEquals(
        List.of(new Stall(10 * SECOND, 300 * MILLI)),
        BuiltInScenarios.named("I-gc-pauses").stalls());
    assertEquals(3, only("K-retry-storm").client().orElseThrow().retries());
    assertEquals(
        List.of(true, false),
        BuiltInScenarios.named("L-noisy-neighbour").functions().stream()
            .map(FunctionLoad::scored)
            .toList());
    assertEquals(Optional.of(new Pool(20, new Exponential(40 * MILLI))), only("M-pool").pool());
    assertEquals(0.0, only("N-sleep").arrivals().at(150 * SECOND));
  }

  @Test
  void anUnknownOneIsNamedWithThoseThatThereAre() {
    String message =
        assertThrows(ScenarioException.class, () -> BuiltInScenarios.named("Z")).toString();

    assertTrue(message.contains("'Z'") && message.contains("A-steady"), message);
  }
}
