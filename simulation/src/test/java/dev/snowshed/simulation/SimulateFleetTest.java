package dev.snowshed.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.simulation.fleet.Fleets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateFleetTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder = Path.of("");

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "fleet";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return new Simulate(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(all);
  }

  private void assertRefused(String message, String... arguments) {
    err.reset();
    assertEquals(2, run(arguments));
    String said = err.toString(UTF_8);
    assertTrue(said.startsWith("simulate fleet: ") && said.contains(message), said);
    assertEquals("", out.toString(UTF_8));
  }

  @Test
  void printsTablesAndWritesJson() throws IOException {
    Path json = folder.resolve("out.json");

    int code =
        run(
            "--hosts",
            "3",
            "--events",
            "host-dies",
            "--policies",
            "none-lc,limiter-rr",
            "--seeds",
            "2",
            "--json",
            json.toString());

    assertEquals(0, code);
    String text = out.toString(UTF_8);
    assertTrue(text.startsWith("**host-dies, 3 hosts.** The process"), text);
    assertTrue(text.contains("Runs: 2."), text);
    assertTrue(Pattern.compile("(?m)^\\| none-lc +\\| 0\\.\\d{3} ±").matcher(text).find(), text);
    assertTrue(text.contains("| least goodput | in"), text);
    assertShape(Files.readString(json));
  }

  private static void assertShape(String json) {
    String row =
        ("\\{\"event\":\"host-dies\",\"hosts\":3,\"policy\":\"(none-lc|limiter-rr)\",\"seeds\":\\[1,2],"
                + "\"goodput\":I,\"worstTenSeconds\":N,\"smallestReadyShare\":N,"
                + "\"smallestAliveShare\":N,\"recoverySeconds\":I,\"lost\":I,\"noHost\":I,"
                + "\"refusedShare\":I,\"attemptsPerRequest\":I}")
            .replace("I", "\\{\"mean\":N,\"low\":N,\"high\":N}")
            .replace("N", "-?[0-9.]+");
    String compact = json.replaceAll("\\s+", "");
    assertTrue(
        compact.matches("\\{\"load\":0\\.85,\"results\":\\[" + row + "," + row + "]}"), compact);
  }

  @Test
  void playsLargeFleetsLess() {
    run("--hosts", "10", "--events", "dependency-errors", "--policies", "none-lc", "--seeds", "3");

    assertTrue(out.toString(UTF_8).contains("Runs: 1."), out.toString(UTF_8));
  }

  @Test
  void helpNamesEventsAndPolicies() {
    assertEquals(0, run("--help"));
    String text = out.toString(UTF_8);
    assertTrue(text.startsWith("usage: ./snowshed simulate fleet"), text);
    Fleets.events().forEach(name -> assertTrue(text.contains(name), text));
    Fleets.policies().forEach(name -> assertTrue(text.contains(name), text));
    assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertRefused("no policy is called 'magic'; there are none-rr, ", "--policies", "magic");
    assertRefused("no event is called ''; there are host-dies, ", "--events", "");
    assertRefused(
        "--hosts takes whole numbers from 3 to 1000, such as 3,10, not '2'", "--hosts", "2");
    assertRefused("not ''", "--hosts", "3,");
    assertRefused("--seeds takes a whole number", "--seeds", "0");
    assertRefused("--hosts needs a value", "--hosts");
    assertRefused("unknown argument B-step.yaml", "B-step.yaml");
    assertRefused("--json cannot write", "--json", folder.toString());
  }
}
