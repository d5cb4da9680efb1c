package dev.snowshed.haproxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;

/**
 * A running Prometheus with the files of {@code deploy/prometheus}, all of whose times are shorter,
 * so that it sees in seconds what else takes a minute.
 */
final class Prometheus implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 100;

  private final Process process;
  private final Path log;
  private final URI uri;
  private final HttpClient client;

  private Prometheus(Process process, Path log, URI uri, HttpClient client) {
    this.process = process;
    this.log = log;
    this.uri = uri;
    this.client = client;
  }

  /**
   * Starts one.
   *
   * @param source the folder {@code deploy/prometheus}
   * @param folder for its files
   * @param hosts where hosts show metrics, as {@code address:port}
   * @param gateways where gateways do
   */
  static Prometheus start(
      Path source, Path folder, HttpClient client, List<String> hosts, List<String> gateways)
      throws IOException {
    Files.writeString(
        folder.resolve("prometheus.yaml"),
        Files.readString(source.resolve("prometheus.yaml"))
            .replace("scrape_interval: 5s", "scrape_interval: 1s\n  evaluation_interval: 1s")
            .replace("scrape_timeout: 4s", "scrape_timeout: 1s")
            .replaceFirst("targets: \\[\"10.0.0.11.*", "targets: " + list(hosts))
            .replaceFirst("targets: \\[\"10.0.0.1:.*", "targets: " + list(gateways)));
    Files.writeString(
        folder.resolve("snowshed.rules.yaml"),
        Files.readString(source.resolve("snowshed.rules.yaml"))
            .replaceAll("\\binterval: \\d+s", "interval: 1s")
            .replace("[1m]", "[5s]"));
    int port = Ports.free();
    Path log = folder.resolve("prometheus.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                "prometheus",
                "--config.file=prometheus.yaml",
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    try {
      return new Prometheus(
          builder.start(), log, URI.create("http://127.0.0.1:" + port + "/api/v1/"), client);
    } catch (IOException e) {
      throw new IOException(
          "prometheus is not here; install it (Debian: apt-get install prometheus)", e);
    }
  }

  private static String list(List<String> targets) {
    return targets.stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
  }

  /** What a path of its API answers with. */
  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(uri.resolve(path)).timeout(BOUND).build(),
            BodyHandlers.ofString());
    JsonNode json = JSON.readTree(answer.body());
    if (!json.path("status").asText().equals("success")) {
      throw new IOException(path + ": " + answer.body());
    }
    return json.path("data");
  }

  /** The series that an expression has now. */
  List<JsonNode> series(String expression) throws IOException, InterruptedException {
    String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    List<JsonNode> series = new ArrayList<>();
    get("query?query=" + encoded).path("result").forEach(series::add);
    return series;
  }

  /** The value of an expression of at most one series; empty without one. */
  OptionalDouble value(String expression) throws IOException, InterruptedException {
    List<JsonNode> series = series(expression);
    if (series.size() > 1) {
      throw new IOException(expression + " has more than one series: " + series);
    }
    return series.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(series.getFirst().at("/value/1").asText()));
  }

  /** Waits until an expression has one series with a wanted value. */
  double await(String expression, DoublePredicate wanted) throws IOException, InterruptedException {
    long end = System.nanoTime() + BOUND.toNanos();
    String last = "";
    while (process.isAlive() && System.nanoTime() < end) {
      try {
        OptionalDouble value = value(expression);
        if (value.isPresent() && wanted.test(value.getAsDouble())) {
          return value.getAsDouble();
        }
        last = value.toString();
      } catch (IOException e) {
        // It is not listening yet, or not ready.
        last = e.toString();
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new IOException(
        "%s is %s after %s\n%s".formatted(expression, last, BOUND, Files.readString(log)));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().orTimeout(5, TimeUnit.SECONDS).join();
  }
}
