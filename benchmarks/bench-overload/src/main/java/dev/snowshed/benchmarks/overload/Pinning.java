package dev.snowshed.benchmarks.overload;

import dev.snowshed.benchmarks.http.BenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Keeps the generator and the target off each other's processor. */
enum Pinning {
  /** The generator on processor 0, the target on processor 1, of which its JVM sees no other. */
  CORES,
  /** Both wherever the system puts them. */
  NONE;

  /** As many as there are before anything is pinned. */
  static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private static final String GENERATOR_CORE = "0";
  private static final String TARGET_CORE = "1";

  /**
   * Moves this process.
   *
   * @throws BenchException if that needs what is not here
   */
  void pinGenerator() throws IOException, InterruptedException {
    if (this == NONE) {
      return;
    }
    requireTaskset();
    String pid = Long.toString(ProcessHandle.current().pid());
    Process taskset =
        new ProcessBuilder("taskset", "-a", "-c", "-p", GENERATOR_CORE, pid)
            .redirectErrorStream(true)
            .start();
    String output = new String(taskset.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (taskset.waitFor() != 0) {
      throw new BenchException(
          "cannot pin to processors 0 and 1 (%s); use --pin none".formatted(output.trim()));
    }
  }

  private static void requireTaskset() {
    if (PROCESSORS < 2) {
      throw new BenchException(
          "pinning generator and target apart needs two processors, and there is one; use --pin"
              + " none");
    }
    String path = System.getenv().getOrDefault("PATH", "");
    if (Arrays.stream(path.split(":", -1))
        .noneMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")))) {
      throw new BenchException(
          "taskset is not here; install it (Debian: apt-get install util-linux), or use --pin none");
    }
  }

  /** The program through which a target starts, with its arguments; empty for none. */
  List<String> target() {
    return this == NONE ? List.of() : List.of("taskset", "-c", TARGET_CORE);
  }
}
