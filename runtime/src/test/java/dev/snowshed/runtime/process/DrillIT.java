package dev.snowshed.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.snowshed.runtime.testing.HostProcess;
import dev.snowshed.runtime.testing.Poll;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The command that drills, and the packaged host with {@code quote} and what it calls. */
@SuppressWarnings("NullAway.Init")
class DrillIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path EXAMPLE = Path.of("..", "sample-functions", "quote", "curl");
  private static final int SECONDS = 60;

  private static final Path SHOP =
      Path.of("..", "sample-functions", "quote", "src", "main", "java")
          .resolve("dev/snowshed/samples/quote/Shop.java");

  private static HostProcess host;
  private static Process downstream;
  private static URI services;

  @BeforeAll
  static void start() throws IOException {
    downstream =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                HostProcess.sample("downstream").toString(),
                "0")
            .redirectErrorStream(true)
            .start();
    BufferedReader output =
        new BufferedReader(
            new InputStreamReader(downstream.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    services = URI.create(line.substring(line.indexOf("http://")).strip());
    host = serving(HostProcess.sample("quote"));
  }

  private static HostProcess serving(Path bundle) throws IOException {
    return HostProcess.start(
        List.of(),
        Map.of("SNOWSHED_FUNCTION_QUOTE_CONFIG_DOWNSTREAM", services.toString()),
        bundle);
  }

  @AfterAll
  static void stop() {
    host.close();
    downstream.destroyForcibly();
  }

  /** The command, as the launcher starts it. */
  private static Process drill(Path output, String... arguments) throws IOException {
    return drill(host, output, arguments);
  }

  private static Process drill(HostProcess against, Path output, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of("target", "quarkus-app", "quarkus-run.jar").toString(),
                "dev.snowshed.runtime.drill.client.DrillCommand",
                "--against",
                against.managementUri("/").toString(),
                "--examples",
                EXAMPLE.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "ends within " + SECONDS + " s");
    return process.exitValue();
  }

  private static JsonNode lastDrill() throws Exception {
    JsonNode drills = JSON.readTree(host.management("/snowshed/drills")).get("drills");
    return drills.path(drills.size() - 1);
  }

  @Test
  void findsThatTheRecommendationsAreStrong() throws Exception {
    Path output = Files.createTempFile("snowshed-drill-", ".txt");
    Path json = Files.createTempFile("snowshed-drill-", ".json");

    int code =
        exitCode(
            drill(output, "--faults", "error", "--repetitions", "20", "--json", json.toString()));

    String said = Files.readString(output);
    assertEquals(1, code, said);
    assertTrue(said.contains("Declared weak, behaves strong: recommendations\n"), said);
    JsonNode report = JSON.readTree(json.toFile()).at("/drills/0/report");
    assertEquals("[\"recommendations\"]", report.get("declaredWeakBehavesStrong").toString());
    for (JsonNode dependency : report.get("dependencies")) {
      boolean promotions = dependency.get("name").asText().equals("promotions");
      assertEquals(
          !promotions, dependency.get("verdict").asText().equals("strong"), dependency::toString);
    }
  }

  @Test
  void findsNothingWrongWithTheRest() throws Exception {
    Path output = Files.createTempFile("snowshed-drill-", ".txt");

    int code =
        exitCode(
            drill(
                output,
                "quote",
                "--dependencies",
                "catalog,promotions",
                "--faults",
                "error,delay:5ms",
                "--repetitions",
                "60"));

    String said = Files.readString(output);
    assertEquals(0, code, said);
    assertTrue(said.contains("promotions: declared weak, behaves weak\n"), said);
    assertTrue(said.contains("catalog: declared strong, behaves strong\n"), said);
  }

  @Test
  void leavesNoDrillBehindWhenItIsStopped() throws Exception {
    Path output = Files.createTempFile("snowshed-drill-", ".txt");
    Process command = drill(output, "quote", "--faults", "hang", "--repetitions", "1000");
    Poll.until("drill runs", () -> lastDrill().path("state").asText().equals("running"));

    command.destroy();

    assertEquals(128 + 15, exitCode(command), () -> "SIGTERM");
    assertEquals("aborted", lastDrill().path("state").asText());
  }

  private static String verdict(HostProcess of) throws Exception {
    JsonNode map = JSON.readTree(of.management("/snowshed/dependencies"));
    for (JsonNode dependency : map.at("/functions/0/dependencies")) {
      if (dependency.path("name").asText().equals("recommendations")) {
        return dependency.path("verdict").asText();
      }
    }
    return "none";
  }

  /** Replaces the class in a jar as the guide has it mended in the source. */
  private static void mend(Path jar) throws IOException {
    String flawed = Files.readString(SHOP);
    String mended =
        flawed.replace("failure -> List.<String>of()", "failure -> new ArrayList<String>()");
    assertNotEquals(flawed, mended);
    Path work = Files.createTempDirectory("snowshed-mended-");
    Path source = Files.writeString(work.resolve("Shop.java"), mended);
    Path classes = Files.createDirectory(work.resolve("classes"));
    String path = jar + File.pathSeparator + System.getProperty("java.class.path");
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null, null, null, "-proc:none", "-cp", path, "-d", classes.toString(), source + "");
    assertEquals(0, code, "compiles");
    Path part = Files.copy(jar, jar.resolveSibling("quote.part"));
    try (FileSystem entries = FileSystems.newFileSystem(part);
        Stream<Path> compiled = Files.walk(classes).filter(Files::isRegularFile)) {
      for (Path each : (Iterable<Path>) compiled::iterator) {
        Files.copy(
            each,
            entries.getPath(classes.relativize(each).toString()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void showsOnTheMapThatItWasMended() throws Exception {
    Path folder = Files.createTempDirectory("snowshed-mend-");
    Path jar = Files.copy(HostProcess.sample("quote"), folder.resolve("quote.jar"));
    Path output = folder.resolve("drill.txt");
    String[] drill = {"quote", "--dependencies", "recommendations"};
    try (HostProcess shop = serving(jar)) {
      assertEquals(1, exitCode(drill(shop, output, drill)));
      assertEquals("strong", verdict(shop));

      mend(jar);

      Poll.until("nothing is known of the mended version", () -> verdict(shop).equals("unknown"));
      assertEquals(0, exitCode(drill(shop, output, drill)), () -> read(output));
      assertEquals("weak", verdict(shop));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
