package dev.snowshed.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateTest {
  private static final String SCENARIO =
      """
      name: S
      title: A small one
      duration: 4s
      scoreFrom: 1s
      cores: 2
      functions:
        - name: f
          deadline: 100ms
          arrivals: [{from: 0s, rps: 100}, {from: 2s, rps: 400}]
          cpu: [{from: 0s, exponential: 10ms}]
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder = Path.of("");

  private Path file = Path.of("");

  @BeforeEach
  void writeScenario() throws IOException {
    file = Files.writeString(folder.resolve("S.yaml"), SCENARIO);
  }

  private int run(Object... arguments) {
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    return new Simulate(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(texts);
  }

  private void assertRefused(int code, String message, Object... arguments) {
    err.reset();
    assertEquals(code, run(arguments));
    String said = err.toString(UTF_8);
    assertTrue(said.startsWith("simulate: ") && said.contains(message), said);
    assertEquals("", out.toString(UTF_8));
  }

  @Test
  void printsTablesAndWritesJson() throws IOException {
    Path json = folder.resolve("out.json");

    assertEquals(0, run(folder, "--limits", "none", "--seeds", 2, "--json", json));

    String text = out.toString(UTF_8);
    assertTrue(text.startsWith("S: A small one\noracle: at most "), text);
    assertTrue(text.contains("from 0 s") && text.contains("from 2 s"), text);
    assertTrue(Pattern.compile("(?m)^oracle +1\\.000 ±0\\.000 ").matcher(text).find(), text);
    assertTrue(Pattern.compile("(?m)^none +0\\.\\d{3} ±").matcher(text).find(), text);
    assertTrue(text.contains("minimum of G"), text);
    assertTrue(err.toString(UTF_8).contains("[1/1] S: "), err.toString(UTF_8));
    assertShape(Files.readString(json));
  }

  private static void assertShape(String json) {
    String interval = "\\{\"mean\":[^,]+,\"low\":[^,]+,\"high\":[^}]+}";
    String row =
        "\\{\"scenario\":\"S\",\"limit\":\"(oracle|none)\",\"G\":I,\"T\":I,\"F\":I,\"C\":I,\"R\":null,"
            + "\"J\":null,\"excess\":I,\"goodputPerSecond\":N,\"p50Millis\":N,\"p99Millis\":N,"
            + "\"functions\":\\[\\{\"name\":\"f\",\"goodputPerSecond\":N,\"rejectedShare\":N,"
            + "\"p99Millis\":N}]}";
    String summary =
        "\\{\"limit\":\"(oracle|none)\",\"minG\":N,\"minGScenario\":\"S\",\"geoMeanG\":N,"
            + "\"maxExcess\":null,\"maxExcessScenario\":\"\"}";
    String oracles =
        "\\{\"scenario\":\"S\",\"limits\":\\{\"f\":N},\"phases\":"
            + "\\[\\{\"fromSeconds\":0,\"limits\":\\{\"f\":N}},\\{\"fromSeconds\":2,\"limits\":\\{\"f\":N}}]}";
    String all =
        ("\\{\"seeds\":\\[1,2],\"results\":\\["
                + row
                + ","
                + row
                + "],\"summary\":\\["
                + summary
                + ","
                + summary
                + "],\"oracles\":\\["
                + oracles
                + "]}")
            .replace("I", interval)
            .replace("N", "[0-9.]+");
    String compact = json.replaceAll("\\s+", "");
    assertTrue(compact.matches(all), compact);
  }

  @Test
  void playsAScenarioThatScoresNobody() throws IOException {
    Path json = folder.resolve("out.json");
    Files.writeString(file, SCENARIO + "    scored: false\n");

    assertEquals(0, run(file, "--limits", "aimd", "--seeds", 1, "--json", json));

    String text = out.toString(UTF_8);
    assertTrue(Pattern.compile("(?m)^aimd( +-){9}$").matcher(text).find(), text);
    String compact = Files.readString(json).replaceAll("\\s+", "");
    assertTrue(
        compact.contains("\"limit\":\"aimd\",\"G\":null,\"T\":null,\"F\":null,\"C\":null"),
        compact);
    assertTrue(compact.contains("\"summary\":[]"), compact);
  }

  @Test
  void comparesTheControllerWithItsVariants() throws IOException {
    Path json = folder.resolve("out.json");

    assertEquals(0, run(file, "--sensitivity", "--seeds", 1, "--json", json));

    List<String> lines = out.toString(UTF_8).lines().toList();
    assertEquals(1 + Sensitivity.variants().size(), lines.size());
    assertTrue(lines.get(0).matches("setting +minimum of G +in .*"), lines.get(0));
    assertTrue(lines.get(1).matches("default +[01]\\.\\d{3} +S .*"), lines.get(1));
    assertTrue(lines.getLast().matches("SPARE 4 +[01]\\.\\d{3} +S .*"), lines.getLast());
    assertTrue(Files.readString(json).contains("\"limit\": \"SPARE 4\""));
  }

  @Test
  void tellsTheLargestExcessOfASustainedOverload() throws IOException {
    Files.writeString(file, SCENARIO.replace("4s", "23s"));

    run(file, "--limits", "none", "--seeds", 1);

    String text = out.toString(UTF_8);
    assertTrue(Pattern.compile("(?m)^none .* \\d+\\.\\d{3} +S$").matcher(text).find(), text);
  }

  @Test
  void moreStandsForFurtherScenarios() {
    assertTrue(Options.parse("more", file.toString()).more());
    assertFalse(Options.parse(file.toString()).more());
  }

  @Test
  void theSameSeedsBringTheSameResults() {
    run(file, "--limits", "vegas", "--seeds", 2);
    String first = out.toString(UTF_8);
    out.reset();
    run(file, "--limits", "vegas", "--seeds", 2);

    assertEquals(first, out.toString(UTF_8));
  }

  @Test
  void helpNamesTheLimits() {
    assertEquals(0, run("--seeds", "x", "--help"));
    String text = out.toString(UTF_8);
    assertTrue(text.startsWith("usage: ./snowshed simulate"), text);
    Limits.all().keySet().forEach(name -> assertTrue(text.contains(name), text));
    List.of("results", "functions", "maxExcess", "maxExcessScenario", "phases")
        .forEach(key -> assertTrue(text.contains('"' + key + '"'), key));
    assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertRefused(2, "no limit is called 'magic'; there are oracle, ", file, "--limits", "magic");
    assertRefused(2, "none", file, "--limits", "magic");
    assertRefused(2, "no limit is called ''", file, "--limits", "");
    assertRefused(2, "--seeds takes a whole number from 1 to 1000, not '0'", "--seeds", "0");
    assertRefused(2, "not 'many'", "--seeds", "many");
    assertRefused(2, "--seeds needs a value", "--seeds");
    assertRefused(2, "leave out --limits", "--limits", "none", "--sensitivity");
    assertRefused(2, "unknown option --fast", "--fast");
    assertRefused(2, "--json cannot write", file, "--json", folder);
    assertRefused(2, "--json cannot write", file, "--json", folder.resolve("absent/out.json"));
  }

  @Test
  void refusesFilesThatAreNoScenarios() throws IOException {
    assertRefused(2, "absent.yaml' does not exist", folder.resolve("absent.yaml"));
    assertRefused(2, "two scenarios are called 'S'", file, file);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertRefused(2, "there is no scenario", empty);
    Path wrong = Files.writeString(folder.resolve("wrong.yaml"), SCENARIO.replace("4s", "4"));
    assertRefused(1, "wrong.yaml line 3: duration", wrong);
  }
}
