package dev.snowshed.benchmarks.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The load tool. Not safe for concurrent use. */
final class Wrk {
  private static final int GRACE_SECONDS = 30;

  private final Path folder;
  private final Path script;
  private final int connections;

  /**
   * Unpacks the script.
   *
   * @param folder for the script and wrk's output
   * @param connections how many to keep busy
   * @throws BenchException if wrk is not installed
   */
  Wrk(Path folder, int connections) throws IOException {
    this.folder = folder;
    this.script = folder.resolve("load.lua");
    this.connections = connections;
    try (InputStream lua = Wrk.class.getResourceAsStream("load.lua")) {
      if (lua == null) {
        throw new IllegalStateException("load.lua is not in this jar");
      }
      Files.copy(lua, script);
    }
    try {
      new ProcessBuilder("wrk", "-v")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new BenchException("wrk is missing. On Debian: apt-get install wrk");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Loads a target.
   *
   * @param uri where its function is
   * @param seconds for how long
   * @throws BenchException if anything but right statuses came back, or wrk did not end in time
   */
  Load run(URI uri, int seconds) throws IOException, InterruptedException {
    Path output = folder.resolve("wrk.out");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + seconds + "s",
                "-s",
                script.toString(),
                uri.toString()));
    builder.environment().put("BENCH_BODY", Exchange.REQUEST);
    Process wrk = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      if (!wrk.waitFor(seconds + GRACE_SECONDS, TimeUnit.SECONDS)) {
        throw new BenchException(
            "wrk did not end within " + GRACE_SECONDS + " s after its time: " + uri);
      }
    } finally {
      wrk.destroyForcibly();
    }
    Load load = Load.parse(Files.readString(output));
    if (load.errors() > 0 || load.requests() == 0) {
      throw new BenchException(
          uri + " failed under load: " + load + "\n" + Files.readString(output));
    }
    return load;
  }
}
