package dev.snowshed.haproxy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A packaged host in a process of its own, with the sample function greeting. */
final class RealHost implements AutoCloseable {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path JAR = ROOT.resolve("runtime/target/quarkus-app/quarkus-run.jar");
  private static final Path FUNCTION =
      ROOT.resolve("sample-functions/greeting/target/greeting.jar");
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 50;

  private final Process process;
  private final Path log;
  private final URI ready;

  private RealHost(Process process, Path log, URI ready) {
    this.process = process;
    this.log = log;
    this.ready = ready;
  }

  /**
   * Starts one.
   *
   * @param number of the host, which gives its address
   * @param ports where it listens
   * @param folder for its log
   */
  static RealHost start(int number, Haproxy.HostPorts ports, Path folder) throws IOException {
    for (Path file : new Path[] {JAR, FUNCTION}) {
      if (!Files.exists(file)) {
        throw new IOException(file + " is not there; ./snowshed build makes it");
      }
    }
    String address = Haproxy.address(number);
    Path log = folder.resolve("host" + number + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=" + address,
                "-Dquarkus.http.port=" + ports.function(),
                "-Dquarkus.management.host=" + address,
                "-Dquarkus.management.port=" + ports.management(),
                "-Dsnowshed.agent.host=" + address,
                "-Dsnowshed.agent.port=" + ports.agent(),
                "-Dsnowshed.functions.paths=" + FUNCTION,
                "-Dsnowshed.lifecycle.slow-start=1s",
                "-jar",
                JAR.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new RealHost(
        builder.start(),
        log,
        URI.create("http://" + address + ':' + ports.management() + "/health/ready"));
  }

  /** Waits until it says that it is ready. */
  void awaitReady(HttpClient client) throws IOException, InterruptedException {
    long end = System.nanoTime() + BOUND.toNanos();
    while (!isReady(client)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("the host is not ready:\n" + Files.readString(log));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private boolean isReady(HttpClient client) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks it to end, and waits; its exit code. */
  int terminate() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("the host does not end:\n" + Files.readString(log));
    }
    return process.exitValue();
  }

  /** Ends it without asking, and waits. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
