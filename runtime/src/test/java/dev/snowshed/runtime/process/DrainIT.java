package dev.snowshed.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.runtime.testing.FunctionJar;
import dev.snowshed.runtime.testing.HostProcess;
import dev.snowshed.runtime.testing.Poll;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the packaged host leaves, and what it tells balancers meanwhile. */
class DrainIT {
  private static final String FUNCTIONS =
      """
      public class Work {
        @OnStop public void stop() { System.out.println("stop hook ran"); }
        @Function(name = "hello") public String hello() { return "hello"; }
        @Function(name = "keep", timeout = "60s") public String keep(Context context) throws Exception {
          java.nio.file.Path end = java.nio.file.Path.of(context.configuration().get("end").orElseThrow());
          System.out.println("keeping");
          while (!java.nio.file.Files.exists(end)) Thread.sleep(5);
          return "kept"; }
      }
      """;

  @TempDir Path folder;

  @Test
  void announcesServesOnRefusesFinishesAndExitsWithZero() throws Exception {
    int agentPort = HostProcess.freePort();
    try (HostProcess host = start(agentPort, "3s")) {
      assertTrue(agent(agentPort, "keep\n").matches("up ready \\d+% maxconn:\\d+\n"));
      CompletableFuture<HttpResponse<String>> running =
          host.client.sendAsync(get(host, "keep"), HttpResponse.BodyHandlers.ofString());
      Poll.until("keeping", () -> host.log().contains("keeping"));
      host.terminate();
      Poll.until("not ready", () -> host.health("ready") == 503);
      HttpResponse<String> announced = host.send(get(host, "hello"));
      assertEquals("hello", announced.body());
      assertEquals("close", announced.headers().firstValue("Connection").orElse(""));
      assertTrue(utilization(announced) >= 1, "no gateway should prefer it");
      assertEquals("DRAINING", host.state());
      assertEquals("drain\n", agent(agentPort, ""));
      assertEquals(200, host.health("live"));
      Poll.until("refuses", () -> host.send(get(host, "hello")).statusCode() == 503);
      HttpResponse<String> refused = host.send(get(host, "hello"));
      assertTrue(refused.body().contains("\"reason\":\"draining\""), refused.body());
      assertTrue(refused.headers().firstValue("Retry-After").isPresent());
      assertEquals("close", refused.headers().firstValue("Connection").orElse(""));
      Files.writeString(endFile(), "");
      assertEquals("kept", running.get().body());
      assertEquals(0, host.exitCode());
      assertTrue(host.log().contains("stop hook ran"), host.log());
    }
  }

  @Test
  void drainsOnRequest() throws Exception {
    try (HostProcess host = start(HostProcess.freePort(), "0s")) {
      CompletableFuture<HttpResponse<String>> running =
          host.client.sendAsync(get(host, "keep"), HttpResponse.BodyHandlers.ofString());
      Poll.until("keeping", () -> host.log().contains("keeping"));
      assertEquals(202, host.postManagement("/snowshed/drain").statusCode());
      assertEquals(202, host.postManagement("/snowshed/drain").statusCode());
      Poll.until("refuses", () -> host.send(get(host, "hello")).statusCode() == 503);
      assertEquals("DRAINING", host.state());
      Files.writeString(endFile(), "");
      assertEquals("kept", running.get().body());
      assertEquals(0, host.exitCode());
    }
  }

  @Test
  void finishesWhatRunsAndWhatWaits() throws Exception {
    Map<String, String> environment = Map.of("SNOWSHED_ADMISSION_MAX_CONCURRENCY", "1");
    try (HostProcess host = HostProcess.start(options(), environment, jar())) {
      CompletableFuture<HttpResponse<String>> running =
          host.client.sendAsync(get(host, "keep"), HttpResponse.BodyHandlers.ofString());
      Poll.until("keeping", () -> host.log().contains("keeping"));
      CompletableFuture<HttpResponse<String>> waiting =
          host.client.sendAsync(get(host, "hello"), HttpResponse.BodyHandlers.ofString());
      Poll.until("waiting", () -> host.management("/snowshed/limits").contains("\"waiting\":1,"));
      host.terminate();
      Poll.until("drains", () -> host.log().contains("Draining: 1 requests in flight, 1 waiting"));
      Files.writeString(endFile(), "");
      assertEquals("kept", running.get().body());
      assertEquals(200, waiting.get().statusCode(), waiting.get().body());
      assertEquals("hello", waiting.get().body());
      assertEquals(0, host.exitCode());
    }
  }

  @Test
  void exitsWithZeroWhenNothingRuns() throws Exception {
    try (HostProcess host = start(HostProcess.freePort(), "0s")) {
      host.terminate();
      assertEquals(0, host.exitCode(), host.log());
    }
  }

  @Test
  void asksForATokenBeforeItDrains() throws Exception {
    Map<String, String> environment = Map.of("SNOWSHED_MANAGEMENT_TOKEN", "t0ken");
    try (HostProcess host = HostProcess.start(List.of(), environment, jar())) {
      assertEquals(401, host.postManagement("/snowshed/drain").statusCode());
      assertEquals("READY", host.state());
    }
  }

  private HostProcess start(int agentPort, String announce) {
    Map<String, String> environment = new HashMap<>();
    environment.put("SNOWSHED_AGENT_PORT", String.valueOf(agentPort));
    environment.put("SNOWSHED_DRAIN_ANNOUNCE", announce);
    return HostProcess.start(options(), environment, jar());
  }

  private List<String> options() {
    return List.of("-Dsnowshed.function.keep.config.end=" + endFile());
  }

  private Path jar() {
    return FunctionJar.of(FUNCTIONS).writeTo(folder.resolve("work.jar"));
  }

  private Path endFile() {
    return folder.resolve("end");
  }

  private static String agent(int port, String sent) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write(sent.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static double utilization(HttpResponse<String> response) {
    String report = response.headers().firstValue("endpoint-load-metrics").orElseThrow();
    return Double.parseDouble(report.replaceAll(".*application_utilization=([0-9.]+).*", "$1"));
  }

  private static HttpRequest get(HostProcess host, String function) {
    return HttpRequest.newBuilder(host.function(function)).build();
  }
}
