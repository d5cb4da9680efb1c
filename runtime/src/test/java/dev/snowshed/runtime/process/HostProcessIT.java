package dev.snowshed.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.snowshed.runtime.testing.FunctionJar;
import dev.snowshed.runtime.testing.HostProcess;
import dev.snowshed.runtime.testing.Poll;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged host as a process: its log, its exit, its management port. */
class HostProcessIT {
  private static final String FUNCTIONS =
      """
      public class Talk {
        @OnStart public void start() { System.out.println("started up"); }
        @Function(name = "talk") public String talk() {
          org.slf4j.LoggerFactory.getLogger("a.slf4j").info("by slf4j");
          java.util.logging.Logger.getLogger("a.jul").info("by jul");
          System.getLogger("a.system").log(System.Logger.Level.INFO, "by system logger");
          System.out.println("by stdout");
          System.err.print("by stderr\\n");
          return "ok"; }
        @Function(name = "talk-nonblocking", execution = Execution.EVENT_LOOP) public String loop() {
          System.out.println("by event loop"); return "ok"; }
        @Function(name = "sleep", timeout = "60s") public String sleep() throws Exception {
          System.out.println("sleeping");
          Thread.sleep(1500);
          return "slept"; }
        @Function(name = "never", timeout = "60s") public String never() throws Exception {
          System.out.println("hanging");
          Thread.sleep(60_000);
          return "never"; }
      }
      """;

  @TempDir Path folder;

  @Test
  void writesEveryLineOfACallWithItsRequestId() throws Exception {
    try (HostProcess host = start(Map.of())) {
      host.send(get(host, "talk", "req-7"));
      host.send(get(host, "talk-nonblocking", "req-8"));
      for (String line :
          List.of("by slf4j", "by jul", "by system logger", "by stdout", "by stderr")) {
        Poll.until(line, () -> host.log().contains(line));
        assertTrue(lineWith(host.log(), line).contains("talk req-7"), lineWith(host.log(), line));
      }
      assertTrue(lineWith(host.log(), "by event loop").contains("talk-nonblocking req-8"));
      assertTrue(
          lineWith(host.log(), "started up").contains("never"), "one of the class's functions");
      assertFalse(host.log().contains("WARNING"), host.log());
    }
  }

  @Test
  void writesJsonOnRequest() throws Exception {
    try (HostProcess host = start(Map.of("SNOWSHED_LOG_JSON", "true"))) {
      host.send(get(host, "talk", "req-9"));
      Poll.until("log line", () -> host.log().contains("by stdout"));
      JsonNode line = new ObjectMapper().readTree(lineWith(host.log(), "by stdout"));
      assertEquals("by stdout", line.get("message").asText());
      assertEquals("req-9", line.get("mdc").get("requestId").asText());
      assertEquals("talk", line.get("mdc").get("function").asText());
    }
  }

  @Test
  void finishesItsWorkRefusesNewAndExitsWithZeroOnSigterm() throws Exception {
    try (HostProcess host = start(Map.of())) {
      CompletableFuture<HttpResponse<String>> running =
          host.client.sendAsync(get(host, "sleep", "r1"), HttpResponse.BodyHandlers.ofString());
      Poll.until("sleeping", () -> host.log().contains("sleeping"));
      host.terminate();
      Poll.until("draining", () -> host.log().contains("Draining: 1 requests in flight"));
      HttpResponse<String> refused = host.send(get(host, "talk", "r2"));
      assertEquals(503, refused.statusCode());
      assertTrue(refused.body().contains("\"reason\":\"draining\""), refused.body());
      assertTrue(refused.headers().firstValue("Retry-After").isPresent());
      assertEquals("slept", running.get().body());
      assertEquals(0, host.exitCode());
    }
  }

  @Test
  void givesUpOnWorkThatOutlastsTheDrain() throws Exception {
    try (HostProcess host = start(Map.of("SNOWSHED_DRAIN_TIMEOUT", "200ms"))) {
      CompletableFuture<HttpResponse<String>> running =
          host.client.sendAsync(get(host, "never", "r1"), HttpResponse.BodyHandlers.ofString());
      Poll.until("hanging", () -> host.log().contains("hanging"));
      host.terminate();
      assertEquals(0, host.exitCode());
      assertTrue(host.log().contains("1 requests still in flight"), host.log());
      running.cancel(true);
    }
  }

  @Test
  void endsAtOnceOnTheSecondSigterm() throws Exception {
    try (HostProcess host = start(Map.of())) {
      CompletableFuture<HttpResponse<String>> running =
          host.client.sendAsync(get(host, "never", "r1"), HttpResponse.BodyHandlers.ofString());
      Poll.until("hanging", () -> host.log().contains("hanging"));
      host.terminate();
      Poll.until("draining", () -> host.log().contains("Draining"));
      host.terminate();
      assertEquals(143, host.exitCode());
      running.cancel(true);
    }
  }

  @Test
  void asksForATokenWhenItIsConfigured() throws Exception {
    try (HostProcess host = start(Map.of("SNOWSHED_MANAGEMENT_TOKEN", "t0ken"))) {
      assertTrue(host.management("/snowshed/functions").contains("talk"));
      assertEquals(401, host.reload("talk", "wrong"));
      assertEquals(200, host.reload("talk", "t0ken"));
    }
  }

  @Test
  void answersAtTheRootWithASingleFunction() throws Exception {
    Path jar =
        FunctionJar.of(
                "public class One { @Function(name = \"one\") public Response run(Request r) {"
                    + " return Response.ok().body(\"path \" + r.path()); } }")
            .writeTo(folder.resolve("one.jar"));
    try (HostProcess host = HostProcess.start(List.of(), Map.of(), jar)) {
      assertEquals(
          "path ",
          host.send(HttpRequest.newBuilder(host.function("").resolve("/")).build()).body());
      assertEquals(
          "path /a/b",
          host.send(HttpRequest.newBuilder(host.function("").resolve("/a/b")).build()).body());
    }
  }

  private HostProcess start(Map<String, String> environment) {
    Path jar = FunctionJar.of(FUNCTIONS).writeTo(folder.resolve("talk.jar"));
    return HostProcess.start(List.of(), environment, jar);
  }

  private static HttpRequest get(HostProcess host, String function, String requestId) {
    return HttpRequest.newBuilder(host.function(function))
        .header("X-Request-Id", requestId)
        .build();
  }

  private static String lineWith(String log, String text) {
    return log.lines()
        .filter(line -> line.contains(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line with '" + text + "' in " + log));
  }
}
