import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.snowshed.samples.downstream.Downstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Trains the AOT cache of the container image: starts the host on free ports of the loopback
 * interface, sends it the samples' traffic, stops it with SIGTERM and waits until it has written the
 * cache and ended.
 *
 * <p>The arguments are the command that starts the host. Any answer but the expected one, and any
 * exit code but 0, ends the training with an error.
 */
final class AotTraining {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

  /** Ample for assembling the cache, which happens as the host ends. */
  private static final long STOP_TIMEOUT_SECONDS = 300;

  /** Enough calls for the profiles in the cache to know what is hot. */
  private static final int ROUNDS = 200;

  /** How many rounds hash a password: these calls take long and always do the same. */
  private static final int PASSWORD_ROUNDS = 5;

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final int managementPort;

  private AotTraining(int port, int managementPort) {
    this.port = port;
    this.managementPort = managementPort;
  }

  /** A request and the status it must be answered with. */
  private record Call(int status, HttpRequest.Builder request) {}

  public static void main(String[] hostCommand) throws IOException, InterruptedException {
    try (Downstream downstream = Downstream.start(0)) {
      AotTraining training = new AotTraining(freePort(), freePort());
      training.run(hostCommand, downstream.uri());
    }
  }

  private void run(String[] hostCommand, URI downstream) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(hostCommand).inheritIO();
    builder
        .environment()
        .putAll(
            Map.of(
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "QUARKUS_MANAGEMENT_HOST", "127.0.0.1",
                "QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort),
                "SNOWSHED_DRAIN_ANNOUNCE", "0s",
                "SNOWSHED_FUNCTION_QUOTE_CONFIG_DOWNSTREAM", downstream.toString(),
                // A busy machine must not fail the build: these have less time by themselves.
                "SNOWSHED_FUNCTION_QUOTE_TIMEOUT", "30s",
                "SNOWSHED_FUNCTION_GREETING_TIMEOUT", "30s"));
    Process host = builder.start();
    try {
      awaitReady(host);
      for (int round = 0; round < ROUNDS; round++) {
        for (Version version : Version.values()) {
          callAll(functionCalls(), version);
        }
        callAll(managementCalls(), Version.HTTP_1_1);
        if (round < PASSWORD_ROUNDS) {
          callAll(passwordCalls(), Version.HTTP_1_1);
        }
      }
      host.destroy();
      if (!host.waitFor(STOP_TIMEOUT_SECONDS, SECONDS)) {
        throw new IOException("the host did not end within " + STOP_TIMEOUT_SECONDS + " s");
      }
      if (host.exitValue() != 0) {
        throw new IOException("the host ended with exit code " + host.exitValue());
      }
    } finally {
      host.destroyForcibly();
    }
  }

  private void awaitReady(Process host) throws IOException, InterruptedException {
    HttpRequest ready = management("/health/ready").timeout(CALL_TIMEOUT).build();
    long giveUpNanos = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!answersOk(ready)) {
      if (!host.isAlive() || System.nanoTime() - giveUpNanos > 0) {
        throw new IOException("the host did not become ready within " + START_TIMEOUT);
      }
      Thread.sleep(20);
    }
  }

  private boolean answersOk(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private void callAll(List<Call> calls, Version version) throws IOException, InterruptedException {
    for (Call call : calls) {
      HttpRequest request = call.request().version(version).timeout(CALL_TIMEOUT).build();
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != call.status()) {
        throw new IOException(
            "%s %s was answered with %d, not %d: %s"
                .formatted(
                    request.method(),
                    request.uri(),
                    response.statusCode(),
                    call.status(),
                    response.body()));
      }
    }
  }

  private List<Call> functionCalls() {
    return List.of(
        new Call(200, post("greeting", "application/json", "{\"name\":\"Ada\",\"language\":\"de\"}")),
        new Call(400, post("greeting", "application/json", "{\"name\":[]}")),
        new Call(415, post("greeting", "application/xml", "<name>Ada</name>")),
        new Call(404, post("no-such-function", "application/json", "{}")),
        new Call(
            200,
            post("markdown", "text/markdown", "# Snow\n\n* falls *softly*\n* melts `soon`\n")),
        new Call(
            200,
            post(
                "orders-import",
                "text/csv",
                "order,customer,sku,quantity,price\no-1,ada,ski,2,199.00\no-2,alan,sled,1,49.5\n")),
        new Call(
            200,
            post(
                "quote",
                "application/json",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"tea\",\"quantity\":2}]}")),
        new Call(
            200,
            post("order-events", "application/json", "{\"order\":\"o-1\",\"lines\":[{\"quantity\":2}]}")
                .header("ce-specversion", "1.0")
                .header("ce-id", "1")
                .header("ce-source", "/shop")
                .header("ce-type", "dev.snowshed.samples.order-placed")),
        new Call(
            200,
            post(
                "order-events",
                "application/cloudevents+json",
                """
                {"specversion":"1.0","id":"2","source":"/shop",
                 "type":"dev.snowshed.samples.order-placed",
                 "data":{"order":"o-2","lines":[{"quantity":1}]}}
                """)));
  }

  private List<Call> passwordCalls() {
    return List.of(
        new Call(
            200,
            post("password-hash", "application/json", "{\"password\":\"secret\",\"cost\":8}")));
  }

  private List<Call> managementCalls() {
    return List.of(
        new Call(200, management("/health/live")),
        new Call(200, management("/health/ready")),
        new Call(200, management("/snowshed/functions")));
  }

  private HttpRequest.Builder post(String function, String contentType, String body) {
    return HttpRequest.newBuilder(uri(port, "/functions/" + function))
        .header("Content-Type", contentType)
        .POST(ofString(body));
  }

  private HttpRequest.Builder management(String path) {
    return HttpRequest.newBuilder(uri(managementPort, path)).method("GET", noBody());
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
