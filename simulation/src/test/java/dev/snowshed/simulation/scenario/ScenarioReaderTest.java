package dev.snowshed.simulation.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.simulation.scenario.Distribution.Constant;
import dev.snowshed.simulation.scenario.Distribution.Exponential;
import dev.snowshed.simulation.scenario.Distribution.LogNormal;
import dev.snowshed.simulation.scenario.Distribution.Mix;
import dev.snowshed.simulation.scenario.Distribution.Part;
import dev.snowshed.simulation.scenario.Distribution.Uniform;
import dev.snowshed.simulation.scenario.Schedule.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioReaderTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  private static final String MINIMAL =
      """
      name: X
      title: Some text
      duration: 60s
      cores: 4
      functions:
        - name: f
          deadline: 200ms
          arrivals: [{from: 0s, rps: 200}]
          cpu: [{from: 0s, exponential: 10ms}]
      """;

  private static final String FULL =
      """
      name: X
      title: Some text
      duration: 2m
      scoreFrom: 500ms
      scoreUntil: 1.5m
      cores: 2
      cpuCost: [{from: 5s, cost: 8, rampTo: 1, until: 20s}, {from: 30s, cost: 2.5}]
      stalls:
        - {every: 10s, for: 300ms}
        - {every: 1m, for: 1s}
      functions:
        - name: f
          deadline: 200ms
          arrivals: {cycle: 1s, steps: [{from: 0s, rps: 0.5}, {from: 500ms, rps: 720}]}
          wait: [{from: 3s, lognormal: {mean: 10ms, sigma: 1.5}}]
          cpu:
            - {from: 0s, mix: [{p: 0.25, constant: 1ms}, {p: 0.75, uniform: [1ms, 3ms]}]}
            - {from: 40s, exponential: 0ms}
          pool: {size: 20, hold: {exponential: 40ms}}
          instrumented: true
          client: {timeout: 1s, retries: 3, backoff: {uniform: [50ms, 150ms]}, cancels: true}
        - name: g
          scored: false
          deadline: 1s
          arrivals: [{from: 10s, rps: 7}]
          cpu: [{from: 0s, constant: 1ms}]
      """;

  private final ScenarioReader reader = new ScenarioReader();

  private Scenario read(String text) {
    return reader.read("X.yaml", text);
  }

  private String error(String text) {
    return String.valueOf(assertThrows(ScenarioException.class, () -> read(text)).getMessage());
  }

  @Test
  void fillsInWhatIsLeftOut() {
    Scenario scenario = read(MINIMAL);

    assertEquals(0, scenario.scoreFromNanos());
    assertEquals(60 * SECOND, scenario.scoreUntilNanos());
    assertEquals(List.of(), scenario.stalls());
    assertEquals(1, scenario.costAt(0));
    FunctionLoad function = scenario.functions().getFirst();
    assertEquals(Schedule.always(Distribution.ZERO), function.downstream());
    assertEquals(Optional.empty(), function.pool());
    assertEquals(Optional.empty(), function.client());
    assertFalse(function.instrumented());
    assertTrue(function.scored());
    assertEquals("X", read(MINIMAL.replace("title: Some text\n", "")).title());
  }

  @Test
  void readsEveryKey() {
    Scenario scenario = read(FULL);

    assertEquals("X", scenario.name());
    assertEquals("Some text", scenario.title());
    assertEquals(120 * SECOND, scenario.durationNanos());
    assertEquals(500 * MILLI, scenario.scoreFromNanos());
    assertEquals(90 * SECOND, scenario.scoreUntilNanos());
    assertEquals(2, scenario.cores());
    assertEquals(
        List.of(new Stall(10 * SECOND, 300 * MILLI), new Stall(60 * SECOND, SECOND)),
        scenario.stalls());
    assertEquals(2, scenario.functions().size());
  }

  @Test
  void readsCostsAndTheirRamps() {
    Scenario scenario = read(FULL);

    assertEquals(1, scenario.costAt(4 * SECOND));
    assertEquals(8, scenario.costAt(5 * SECOND));
    assertEquals(4.5, scenario.costAt(12 * SECOND + 500 * MILLI), 1e-9);
    assertEquals(1, scenario.costAt(29 * SECOND));
    assertEquals(2.5, scenario.costAt(31 * SECOND));
  }

  @Test
  void readsFunctions() {
    FunctionLoad f = read(FULL).functions().getFirst();
    FunctionLoad g = read(FULL).functions().getLast();

    assertEquals(200 * MILLI, f.deadlineNanos());
    assertEquals(
        new Schedule<>(List.of(new Step<>(0, 0.5), new Step<>(500 * MILLI, 720.0)), SECOND),
        f.arrivals());
    assertEquals(
        List.of(
            new Step<>(0, Distribution.ZERO),
            new Step<>(3 * SECOND, new LogNormal(10 * MILLI, 1.5))),
        f.downstream().steps());
    Mix mix =
        new Mix(
            List.of(
                new Part(0.25, new Constant(MILLI)),
                new Part(0.75, new Uniform(MILLI, 3 * MILLI))));
    assertEquals(
        List.of(new Step<>(0, mix), new Step<>(40 * SECOND, new Exponential(0))), f.cpu().steps());
    assertEquals(Optional.of(new Pool(20, new Exponential(40 * MILLI))), f.pool());
    assertTrue(f.instrumented());
    Client client = new Client(SECOND, 3, new Uniform(50 * MILLI, 150 * MILLI), true);
    assertEquals(Optional.of(client), f.client());
    assertFalse(g.scored());
    assertEquals(List.of(new Step<>(0, 0.0), new Step<>(10 * SECOND, 7.0)), g.arrivals().steps());
  }

  /** What stands in the minimal file, what takes its place, and what is said about that. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      rps: 200}        | rsp: 200}           | line 8: unknown key 'rsp'; allowed are from, rps
      cores: 4         | kores: 4            | line 4: unknown key 'kores'; allowed are name, title, duration, scoreFrom, scoreUntil, cores, cpuCost, stalls, functions
      cores: 4         | '#'                 | line 1: the scenario lacks the key 'cores'
      deadline: 200ms  | scored: true        | line 6: an entry of functions lacks the key 'deadline'
      deadline: 200ms  | name: g             | line 7: 'name' is here twice
      duration: 60s    | duration: 60        | line 3: duration must be a duration with a unit (ms, s, m), such as 20ms, 1.5s or 2m, not '60'
      duration: 60s    | duration: 60h       | line 3: duration must be a duration with a unit (ms, s, m), such as 20ms, 1.5s or 2m, not '60h'
      duration: 60s    | duration: 60us      | line 3: duration must be a duration with a unit (ms, s, m), such as 20ms, 1.5s or 2m, not '60us'
      duration: 60s    | duration: .infs     | line 3: duration must be a duration with a unit (ms, s, m), such as 20ms, 1.5s or 2m, not '.infs'
      duration: 60s    | duration: -1s       | line 3: duration must not be negative, not '-1s'
      duration: 60s    | duration: 0s        | line 3: duration must be above 0
      duration: 60s    | duration: 99999999m | line 3: duration must be at most 10080m, a week, not '99999999m'
      duration: 60s    | duration: [60s]     | line 3: duration must be a duration, not a list
      cores: 4         | cores: 0            | line 4: cores must be a number from 1 to 4096, not '0'
      cores: 4         | cores: 2.5          | line 4: cores must be a whole number, not '2.5'
      cores: 4         | cores: four         | line 4: cores must be a number from 1 to 4096, not 'four'
      cores: 4         | 'cores: "4"'        | line 4: cores must be a number from 1 to 4096, without quotes, not '4'
      cores: 4         | cores: {}           | line 4: cores must be a number from 1 to 4096, not a mapping
      rps: 200         | rps: -1             | line 8: rps must be a number from 0 to 1000000, not '-1'
      rps: 200         | rps: .nan           | line 8: rps must be a number from 0 to 1000000, not '.nan'
      rps: 200         | rps: .inf           | line 8: rps must be a number from 0 to 1000000, not '.inf'
      rps: 200         | rps: 1e999          | line 8: rps must be a number from 0 to 1000000, not '1e999'
      rps: 200         | rps:                | line 8: rps must be a number from 0 to 1000000, not ''
      [{from: 0s, rps: 200}] | 200           | line 8: arrivals must be a list, not '200'
      [{from: 0s, rps: 200}] | []            | line 8: arrivals must not be empty
      [{from: 0s, rps: 200}] | [5]           | line 8: an entry of arrivals must be a mapping with the keys from, rps, not '5'
      rps: 200}        | rps: 1}, {from: 0s, rps: 2} | line 8: from must be after that of the step before
      [{from: 0s, rps: 200}] | '{cycle: 1s, steps: [{from: 0s, rps: 1}, {from: 1s, rps: 2}]}' | line 8: from must be before the end of the cycle
      exponential: 10ms | gamma: 10ms        | line 9: unknown key 'gamma'; allowed are from, exponential, constant, uniform, lognormal, mix
      ', exponential: 10ms' | ''             | line 9: an entry of cpu needs one distribution (exponential, constant, uniform, lognormal or mix), not 0
      exponential: 10ms | constant: 1ms, exponential: 1ms | line 9: an entry of cpu needs one distribution (exponential, constant, uniform, lognormal or mix), not 2
      exponential: 10ms | uniform: [1ms]     | line 9: uniform needs two bounds, not 1
      exponential: 10ms | uniform: [2ms, 1ms] | line 9: the second bound of uniform must not be below the first
      exponential: 10ms | lognormal: {mean: 1ms, sigma: -1} | line 9: sigma must be a number from 0 to 5, not '-1'
      exponential: 10ms | mix: [{p: 0.5, constant: 1ms}] | line 9: the weights p of a mix must add up to 1, not 0.5
      exponential: 10ms | mix: [{p: 2, constant: 1ms}] | line 9: p must be a number from 0 to 1, not '2'
      cores: 4         | '{cores: 4, scoreFrom: 60s'  | line 5: is not YAML
      """)
  void namesWhatIsWrongWithItsLine(String right, String wrong, String problem) {
    String text = MINIMAL.replace(right, wrong == null ? "" : wrong);
    String message = error(text);

    assertTrue(message.startsWith("X.yaml " + problem), message);
  }

  /** A line added in front of "functions", which is line 5. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      scoreFrom: 60s              | scoreFrom must be before the end, the duration
      scoreFrom: 61s              | scoreFrom must be before the end, the duration
      scoreUntil: 61s             | scoreUntil must not be after the end, the duration
      scoreUntil: 0s              | scoreFrom must be before scoreUntil
      stalls: [{every: 1s}]       | an entry of stalls lacks the key 'for'
      cpuCost: [{from: 0s, cost: 0}] | cost must be above 0
      cpuCost: [{from: 0s, cost: 2, rampTo: 1}] | an entry of cpuCost lacks the key 'until'
      cpuCost: [{from: 0s, cost: 2, until: 1s}] | an entry of cpuCost lacks the key 'rampTo'
      cpuCost: [{from: 1s, cost: 2, rampTo: 1, until: 1s}] | until must be after from
      """)
  void checksWhatConcernsTheWhole(String line, String problem) {
    String text = MINIMAL.replace("functions:", line + "\nfunctions:");

    assertEquals("X.yaml line 5: " + problem, error(text));
  }

  /** A line added at the end, which is line 10. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      'pool: {size: 0, hold: {constant: 1ms}}' | size must be a number from 1 to 1000000, not '0'
      'pool: {size: 1}'        | pool lacks the key 'hold'
      'instrumented: yes'      | instrumented must be true or false, not 'yes'
      'instrumented: "true"'   | 'instrumented must be true or false, without quotes, not ''true'''
      'client: {timeout: 0s, retries: 1, backoff: {constant: 0s}}' | timeout must be above 0
      'client: {timeout: 1s, retries: -1, backoff: {constant: 0s}}' | retries must be a number from 0 to 100, not '-1'
      'client: {timeout: 1s, retries: 1}' | client lacks the key 'backoff'
      """)
  void checksWhatConcernsAFunction(String line, String problem) {
    String message = error(MINIMAL + "    " + line + "\n");

    assertEquals("X.yaml line 10: " + problem, message);
  }

  @Test
  void refusesTwoFunctionsOfOneName() {
    String function = MINIMAL.substring(MINIMAL.indexOf("  - name"));

    assertEquals("X.yaml line 10: two functions are called 'f'", error(MINIMAL + function));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "# nothing", "just text", "[]", "a: &a [*a]", "--- \nx: 1\n--- \ny: 2"})
  void refusesWhatIsNoScenarioAtAll(String text) {
    assertTrue(error(text).startsWith("X.yaml"), error(text));
  }

  @Test
  void readsAnchorsAndAliases() {
    String aliased =
        MINIMAL
                .replace("arrivals: [", "arrivals: &a [")
                .replace("exponential: 10ms", "exponential: &t 10ms")
            + """
                - name: g
                  deadline: 1s
                  arrivals: *a
                  cpu: [{from: 0s, mix: [&p {p: 0.5, constant: *t}, *p]}]
              """;

    FunctionLoad g = read(aliased).functions().getLast();

    assertEquals(read(MINIMAL).functions().getFirst().arrivals(), g.arrivals());
    assertEquals(10.0 * MILLI, g.cpu().at(0).mean());
  }

  @Test
  void refusesAliasesThatMultiply() {
    String text = "name: X\nduration: 1s\ncores: 1\ncpuCost: " + doubled("x", 40);

    assertTrue(error(text).contains("more than 100000 values"), error(text));
  }

  /** Lists of two, of which the second is the first once more. */
  private static String doubled(String inner, int times) {
    String list = inner;
    for (int i = 0; i < times; i++) {
      list = "[&a" + i + " " + list + ", *a" + i + "]";
    }
    return list;
  }

  @Test
  void refusesCollectionsThatContainThemselves() {
    String text = MINIMAL.replace("exponential: 10ms", "mix: &m [{p: 1, mix: *m}]");

    assertTrue(error(text).startsWith("X.yaml"), error(text));
  }

  @Test
  void beforeTheFirstStepThereIsNothing() {
    Scenario scenario =
        read(
            MINIMAL
                    .replace("cpu: [{from: 0s", "cpu: [{from: 5s")
                    .replace(
                        "[{from: 0s, rps: 200}]", "{cycle: 1s, steps: [{from: 300ms, rps: 7}]}")
                + "    wait: [{from: 1s, constant: 2ms}]\n");
    FunctionLoad function = scenario.functions().getFirst();

    assertEquals(Distribution.ZERO, function.cpu().at(5 * SECOND - 1));
    assertEquals(new Exponential(10 * MILLI), function.cpu().at(5 * SECOND));
    assertEquals(Distribution.ZERO, function.downstream().at(SECOND - 1));
    assertEquals(0.0, function.arrivals().at(2 * SECOND + 299 * MILLI));
    assertEquals(7.0, function.arrivals().at(2 * SECOND + 300 * MILLI));
  }

  @Test
  void readsAScenarioWithoutAScoredFunction() {
    assertFalse(read(MINIMAL + "    scored: false\n").functions().getFirst().scored());
  }

  @Test
  void readsBlockStyleAndTheSpellingsOfYaml() {
    String block =
        """
        # a comment
        ---
        name: "X"
        title: 'Some text'
        duration: "60s"
        cores: 4.0
        functions:
          -
            name: f
            deadline: .2s
            instrumented: False
            scored: TRUE
            arrivals:
              - from: 0s
                rps: 2e2
            cpu:
              - from: 0s
                exponential: 10.0ms
        ...
        """;

    assertEquals(read(MINIMAL), read(block));
    assertEquals(read(MINIMAL), read(MINIMAL.replace("\n", "\r\n")));
  }

  @Test
  void scalesWeightsThatAreRounded() {
    String mix =
        "mix: [{p: 0.333, constant: 1ms}, {p: 0.333, constant: 2ms}, {p: 0.333, constant: 3ms}]";

    FunctionLoad function = read(MINIMAL.replace("exponential: 10ms", mix)).functions().getFirst();

    assertEquals(2.0 * MILLI, function.cpu().at(0).mean(), 1e-6);
  }

  @ParameterizedTest
  @CsvSource({".5s, 500", "1.s, 1000", "+2s, 2000", "0.25m, 15000", "1.0000001ms, 1"})
  void readsDecimalDurations(String duration, long millis) {
    Scenario scenario = read(MINIMAL.replace("60s", duration));

    assertEquals(millis * MILLI, scenario.durationNanos());
  }

  /** Whatever a file holds, it is a scenario or refused with its name. */
  @Test
  void survivesDamage() {
    SplittableRandom random = new SplittableRandom(11);
    String characters = "{}[]:,-&*!|>'\"%@`#? \n\t0.é\u0000ms";
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder(FULL);
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        int at = random.nextInt(text.length());
        char c = characters.charAt(random.nextInt(characters.length()));
        text.replace(at, at + random.nextInt(2), String.valueOf(c));
      }
      try {
        read(text.toString());
      } catch (ScenarioException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith("X.yaml"), () -> e + "\n" + text);
        refused++;
      }
    }
    assertTrue(refused > 1_500, refused + " refused");
  }

  @Test
  void readsAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("other.yaml"), MINIMAL.replace("4", "0"));

    String message = assertThrows(ScenarioException.class, () -> reader.read(file)).getMessage();
    assertEquals("other.yaml line 4: cores must be a number from 1 to 4096, not '0'", message);
    Path absent = folder.resolve("absent.yaml");
    assertTrue(
        assertThrows(ScenarioException.class, () -> reader.read(absent))
            .toString()
            .contains("absent.yaml"));
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff});
    assertEquals(
        "binary.yaml: is not UTF-8",
        assertThrows(ScenarioException.class, () -> reader.read(binary)).getMessage());
  }
}
