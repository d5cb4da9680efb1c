package dev.snowshed.runtime.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.snowshed.runtime.fleet.PeersView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged host as a process of its own. */
public final class HostProcess implements AutoCloseable {
  private static final Path APP = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final int EXIT_SECONDS = 60;

  /** For calls to the host. */
  public final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process process;
  private final Path output;
  private final int port;
  private final int managementPort;

  private HostProcess(Process process, Path output, int port, int managementPort) {
    this.process = process;
    this.output = output;
    this.port = port;
    this.managementPort = managementPort;
  }

  /** The jar of a sample, which has to be built. */
  public static Path sample(String name) {
    Path jar =
        Path.of("..", "sample-functions", name, "target", name + ".jar")
            .toAbsolutePath()
            .normalize();
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(jar + " is missing: build sample-functions first");
    }
    return jar;
  }

  /** Starts the host with these bundles and waits until it is ready. */
  public static HostProcess start(
      List<String> javaOptions, Map<String, String> environment, Path... bundles) {
    HostProcess host = launch(javaOptions, environment, bundles);
    try {
      Poll.until("host ready", () -> host.isReady());
    } catch (AssertionError e) {
      host.close();
      throw new AssertionError(host.log(), e);
    }
    return host;
  }

  /** Starts the host with these bundles and does not wait for it. */
  public static HostProcess launch(
      List<String> javaOptions, Map<String, String> environment, Path... bundles) {
    try {
      int port = freePort();
      int managementPort = freePort();
      Path output = Files.createTempFile("snowshed-host-", ".log");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(javaOptions);
      command.addAll(List.of("-jar", APP.toString()));
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(output.toFile());
      builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
      builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
      builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
      builder.environment().put("SNOWSHED_DRAIN_ANNOUNCE", "0s");
      builder
          .environment()
          .put(
              "SNOWSHED_FUNCTIONS_PATHS",
              String.join(",", Stream.of(bundles).map(Path::toString).toList()));
      builder.environment().putAll(environment);
      return new HostProcess(builder.start(), output, port, managementPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a function answers. */
  public URI function(String nameAndQuery) {
    return URI.create("http://127.0.0.1:" + port + "/functions/" + nameAndQuery);
  }

  /** A POST to a function. */
  public HttpRequest post(String function, String contentType, String body) {
    return HttpRequest.newBuilder(function(function))
        .timeout(Duration.ofSeconds(60))
        .header("Content-Type", contentType)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** Sends a request and gives the answer as text. */
  public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The text at a path of the management port. */
  public String management(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(managementUri(path)).build()).body();
  }

  /** What the host tells one that names its ticket. */
  public JsonNode lifecycle(long ticket) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(managementUri("/snowshed/lifecycle"))
            .header(PeersView.TICKET, Long.toString(ticket))
            .build();
    return new ObjectMapper().readTree(send(request).body());
  }

  /** The status of a probe, such as {@code ready}. */
  public int health(String probe) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(managementUri("/health/" + probe)).build()).statusCode();
  }

  /** What the host tells of its life. */
  public JsonNode lifecycle() throws IOException, InterruptedException {
    return new ObjectMapper().readTree(management("/snowshed/lifecycle"));
  }

  /** The state that the host is in. */
  public String state() throws IOException, InterruptedException {
    return lifecycle().get("state").asText();
  }

  /** Sends an empty POST to a path of the management port. */
  public HttpResponse<String> postManagement(String path) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(managementUri(path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  /** A path of the management port. */
  public URI managementUri(String path) {
    return URI.create("http://127.0.0.1:" + managementPort + path);
  }

  /** Asks for a function's bundle to be loaded again, and gives the status. */
  public int reload(String function, String token) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + managementPort
                        + "/snowshed/functions/"
                        + function
                        + "/reload"))
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return send(request).statusCode();
  }

  /** Everything the host has printed so far. */
  public String log() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** The exit code, waited for within a bound. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running after " + EXIT_SECONDS + " s: " + log());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    client.shutdownNow();
    process.destroyForcibly();
  }

  private boolean isReady() throws IOException, InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("the host has exited: " + log());
    }
    HttpRequest probe =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/health/ready"))
            .build();
    return client.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
  }

  /** A port that nobody listens on now. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
