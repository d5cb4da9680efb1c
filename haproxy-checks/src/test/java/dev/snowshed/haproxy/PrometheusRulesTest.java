package dev.snowshed.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of {@code deploy/prometheus} and their tests, by Prometheus' own tool. */
class PrometheusRulesTest {
  private static final Path PROMETHEUS = Path.of("..", "deploy", "prometheus");

  @TempDir private Path folder;
  private String said = "";

  private int promtool(Path in, String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "promtool";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process;
    try {
      process =
          new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException(
          "promtool is not here; install it (Debian: apt-get install prometheus)", e);
    }
    said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor();
  }

  @Test
  void areUnderstoodAndDoWhatTheirTestsSay() throws Exception {
    assertEquals(0, promtool(PROMETHEUS, "check", "config", "prometheus.yaml"), () -> said);
    assertEquals(0, promtool(PROMETHEUS, "check", "rules", "snowshed.rules.yaml"), () -> said);
    assertEquals(0, promtool(PROMETHEUS, "test", "rules", "snowshed.rules.test.yaml"), () -> said);
    assertEquals(0, promtool(PROMETHEUS, "test", "rules", "snowshed.leap.test.yaml"), () -> said);
  }

  @Test
  void failWhenARuleIsAnother() throws Exception {
    for (String file : new String[] {"snowshed.rules.yaml", "snowshed.rules.test.yaml"}) {
      Files.writeString(
          folder.resolve(file),
          Files.readString(PROMETHEUS.resolve(file))
              .replace("expr: vector(0.8)", "expr: vector(0.7)"));
    }
    assertNotEquals(0, promtool(folder, "test", "rules", "snowshed.rules.test.yaml"));
  }
}
