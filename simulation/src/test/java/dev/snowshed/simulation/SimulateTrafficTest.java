package dev.snowshed.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateTrafficTest {
  private static final String STEADY =
      """
      name: steady
      title: Half of capacity
      duration: 20s
      cores: 4
      functions:
        - name: f
          deadline: 200ms
          arrivals: [{from: 0s, rps: 200}]
          cpu: [{from: 0s, exponential: 10ms}]
      """;

  @TempDir private Path folder = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return new Simulate(stream(out), stream(err)).run(arguments);
  }

  private static PrintStream stream(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  @Test
  void printsATableForEachLoad() throws IOException {
    Path file = Files.writeString(folder.resolve("steady.yaml"), STEADY);

    int code = run("traffic", file.toString(), "--seeds", "1");

    String text = out.toString(StandardCharsets.UTF_8);
    assertEquals(0, code, err.toString(StandardCharsets.UTF_8));
    assertTrue(text.contains("Scenarios as they are"), text);
    assertTrue(text.contains("Scenarios with at most 0.65 of capacity"), text);
    assertTrue(text.contains("steady"), text);
    assertTrue(text.contains("extrapolated"), text);
  }

  @Test
  void explainsItself() {
    assertEquals(0, run("traffic", "--help"));
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("--at-most"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--at-most 0", "--at-most 2", "--at-most x", "--seeds 0", "--no-such"})
  void saysWhatIsWrong(String arguments) {
    assertEquals(2, run(("traffic " + arguments).split(" ", -1)));
    assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("simulate traffic: "));
  }
}
