package dev.snowshed.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs all races of this package with jcstress, each in a process of its own for half a second.
 * {@code -Djcstress.iterations=600} makes it a minute.
 */
class ConcurrencyTest {
  @Test
  void onlyOutcomesHappenThatMay() throws IOException, InterruptedException {
    Path target = Files.createDirectories(Path.of("target", "jcstress"));
    Path log = target.resolve("jcstress.log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "org.openjdk.jcstress.Main",
                    "-t",
                    "dev.snowshed.concurrency",
                    "-f",
                    "1",
                    "-iters",
                    System.getProperty("jcstress.iterations", "5"),
                    "-time",
                    "100",
                    "-sc",
                    "false",
                    "-af",
                    "NONE",
                    "-jvmArgs",
                    "-XX:+UseSerialGC",
                    "-r",
                    target.toAbsolutePath().toString()))
            .directory(target.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int code = process.waitFor();
    String said = Files.readString(log);
    assertEquals(0, code, said);
    assertTrue(said.contains("8 passed, 0 failed, 0 soft errs, 0 hard errs"), said);
  }
}
