package dev.snowshed.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.simulation.scaling.Scalings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateScalingTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder = Path.of("");

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "scaling";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return new Simulate(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(all);
  }

  private void assertRefused(String message, String... arguments) {
    err.reset();
    assertEquals(2, run(arguments));
    String said = err.toString(UTF_8);
    assertTrue(said.startsWith("simulate scaling: ") && said.contains(message), said);
    assertEquals("", out.toString(UTF_8));
  }

  @Test
  void printsTablesAndWritesJson() throws IOException {
    Path json = folder.resolve("out.json");

    assertEquals(0, run("--only", "idle", "--seeds", "1", "--json", json.toString()));

    String text = out.toString(UTF_8);
    assertTrue(text.startsWith("**idle.** One request"), text);
    assertTrue(text.contains("| scenario | better than snowshed "), text);
    Scalings.autoscalers().forEach(name -> assertTrue(text.contains("| " + name + " "), text));
    String data = Files.readString(json);
    assertTrue(data.contains("\"instanceHours\""), data);
  }

  @Test
  void helpNamesScenariosAndAutoscalers() {
    assertEquals(0, run("--help"));
    String text = out.toString(UTF_8);
    assertTrue(text.startsWith("usage: ./snowshed simulate scaling"), text);
    Scalings.scenarios().forEach(name -> assertTrue(text.contains(name), text));
    Scalings.autoscalers().forEach(name -> assertTrue(text.contains(name), text));
    assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertRefused("no scenario is called 'magic'; there are steady, ", "--only", "magic");
    assertRefused("--seeds takes a whole number", "--seeds", "0");
    assertRefused("--only needs a value", "--only");
    assertRefused("unknown argument flash-crowd", "flash-crowd");
    assertRefused("--json cannot write", "--json", folder.toString());
  }
}
