package dev.snowshed.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A packaged host in a process of its own, with the sample function quote. */
final class ConsoleHost implements AutoCloseable {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path JAR = ROOT.resolve("runtime/target/quarkus-app/quarkus-run.jar");
  private static final Path FUNCTION = ROOT.resolve("sample-functions/quote/target/quote.jar");
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 50;

  private final Process process;
  private final Path log;
  private final URI management;

  private ConsoleHost(Process process, Path log, URI management) {
    this.process = process;
    this.log = log;
    this.management = management;
  }

  /** Starts one, and waits until it is ready. */
  static ConsoleHost start() throws IOException, InterruptedException {
    for (Path file : new Path[] {JAR, FUNCTION}) {
      if (!Files.exists(file)) {
        throw new IOException(file + " is not there; ./snowshed build makes it");
      }
    }
    URI management = free();
    Path log = Files.createDirectories(Path.of("target")).resolve("host.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + free().getPort(),
                "-Dquarkus.management.port=" + management.getPort(),
                "-Dsnowshed.functions.paths=" + FUNCTION,
                "-jar",
                JAR.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ConsoleHost host = new ConsoleHost(process, log, management);
    host.awaitReady();
    return host;
  }

  private static URI free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  /** Something on the management port. */
  URI management(String path) {
    return management.resolve(path);
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + BOUND.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (!isReady(client)) {
        if (!process.isAlive() || System.nanoTime() > end) {
          close();
          throw new IOException("the host is not ready:\n" + Files.readString(log));
        }
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  private boolean isReady(HttpClient client) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(management("/health/ready")).timeout(Duration.ofSeconds(5)).build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
