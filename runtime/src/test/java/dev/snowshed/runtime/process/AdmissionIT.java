package dev.snowshed.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.snowshed.runtime.testing.FunctionJar;
import dev.snowshed.runtime.testing.HostProcess;
import dev.snowshed.runtime.testing.OpenLoop;
import dev.snowshed.runtime.testing.Poll;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Admission in the packaged host as a process. */
class AdmissionIT {
  /** A pool of 10 connections, each held for 20 ms: 500 calls per second, and idle processors. */
  private static final int POOL = 10;

  private static final double CAPACITY_PER_SECOND = POOL * 1000 / 20.0;
  private static final Duration DEADLINE = Duration.ofSeconds(1);

  private static final String FUNCTIONS =
      """
      public class Places {
        private static final java.util.concurrent.Semaphore POOL =
            new java.util.concurrent.Semaphore(10, true);
        @Function(name = "pooled", timeout = "1s") public String pooled() throws Exception {
          POOL.acquire();
          try { Thread.sleep(20); } finally { POOL.release(); }
          return "ok"; }
        @Function(name = "keep", timeout = "60s") public String keep(Context context) throws Exception {
          java.nio.file.Path end = java.nio.file.Path.of(context.configuration().get("end").orElseThrow());
          while (!java.nio.file.Files.exists(end)) Thread.sleep(5);
          return "kept"; }
        @Function(name = "compute", timeout = "60s", execution = Execution.PLATFORM_THREAD)
        public String compute(Context context) throws Exception { return keep(context); }
      }
      """;

  private static final int TRIES = 4;

  @TempDir Path folder;

  /** Tried again where it does not hold: whoever else uses the machine is measured too. */
  @Test
  void protectsAFunctionWhoseOwnPoolIsFullWhileTheProcessorsIdle() throws Exception {
    try (HostProcess host = start(Map.of())) {
      OpenLoop _ = OpenLoop.run(host.function("pooled"), 100, Duration.ofSeconds(2));
      List<String> complaints = new ArrayList<>();
      for (int tries = 0; tries < TRIES; tries++) {
        OpenLoop light = OpenLoop.run(host.function("pooled"), 100, Duration.ofSeconds(1));
        OpenLoop load =
            OpenLoop.run(host.function("pooled"), 2 * CAPACITY_PER_SECOND, Duration.ofSeconds(8));
        Optional<String> complaint =
            complaint(light, load, function(host, "pooled").get("limit").asInt());
        if (complaint.isEmpty()) {
          return;
        }
        complaints.add(complaint.get());
      }
      fail(String.join("\n", complaints));
    }
  }

  private static Optional<String> complaint(OpenLoop light, OpenLoop load, int limit) {
    if (light.count(200) < 95) {
      return Optional.of("below capacity nearly all is to be served: " + light);
    }
    double share = load.goodPerSecond(DEADLINE, Duration.ofSeconds(2)) / CAPACITY_PER_SECOND;
    double p99 = load.goodQuantile(0.99).toNanos() / (double) DEADLINE.toNanos();
    boolean holds = share >= 0.7 && p99 <= 0.7 && limit >= POOL / 2 && limit < 4 * POOL;
    return holds
        ? Optional.empty()
        : Optional.of(
            "goodput is %.2f of capacity, the 99th percentile %.2f of the deadline, the limit %d: %s"
                .formatted(share, p99, limit, load));
  }

  @Test
  void letsOthersInWhileCallsWaitForPlatformThreads() throws Exception {
    try (HostProcess host = start(Map.of())) {
      List<CompletableFuture<HttpResponse<String>>> computing =
          java.util.stream.IntStream.range(0, 40).mapToObj(_ -> call(host, "compute")).toList();
      Poll.until("calls that wait", () -> limits(host).get("waiting").asInt() > 0);
      for (int times = 0; times < 10; times++) {
        assertEquals(200, host.send(get(host, "pooled")).statusCode());
      }
      assertTrue(limits(host).get("waiting").asInt() > 0);
      end();
      computing.forEach(each -> assertEquals("kept", each.join().body()));
    }
  }

  @Test
  void keepsToAFixedLimitWithoutAQueue() throws Exception {
    try (HostProcess host =
        start(
            Map.of(
                "SNOWSHED_ADMISSION_MODE", "fixed", "SNOWSHED_ADMISSION_MAX_CONCURRENCY", "1"))) {
      CompletableFuture<HttpResponse<String>> kept = keep(host);
      Poll.until("kept", () -> limits(host).get("inflight").asInt() == 1);
      HttpResponse<String> refused = host.send(get(host, "keep"));
      assertEquals(503, refused.statusCode());
      assertTrue(refused.body().contains("\"reason\":\"overloaded\""), refused.body());
      end();
      assertEquals("kept", kept.join().body());
    }
  }

  @Test
  void letsEverythingInWhenItIsOff() throws Exception {
    try (HostProcess host =
        start(Map.of("SNOWSHED_ADMISSION_MODE", "off", "SNOWSHED_ADMISSION_INITIAL_LIMIT", "1"))) {
      List<CompletableFuture<HttpResponse<String>>> kept =
          java.util.stream.IntStream.range(0, 40).mapToObj(_ -> keep(host)).toList();
      Poll.until("all in", () -> limits(host).get("inflight").asInt() == 40);
      end();
      kept.forEach(each -> assertEquals("kept", each.join().body()));
    }
  }

  @Test
  void letsThoseThatWaitFinishWhenItDrainsAndKeepsWhatItLearnt() throws Exception {
    Path state = folder.resolve("limits.json");
    Files.writeString(state, "{\"limits\":{\"keep\":2,\"pooled\":64}}");
    Map<String, String> environment =
        Map.of(
            "SNOWSHED_ADMISSION_STATE_FILE",
            state.toString(),
            "SNOWSHED_ADMISSION_MAX_CONCURRENCY",
            "1");
    try (HostProcess host = start(environment)) {
      assertEquals(1, function(host, "keep").get("limit").asInt());
      CompletableFuture<HttpResponse<String>> running = keep(host);
      Poll.until("running", () -> limits(host).get("inflight").asInt() == 1);
      CompletableFuture<HttpResponse<String>> waiting = keep(host);
      Poll.until("waiting", () -> limits(host).get("waiting").asInt() == 1);
      host.terminate();
      Poll.until(
          "draining", () -> host.log().contains("Draining: 1 requests in flight, 1 waiting"));
      assertTrue(host.send(get(host, "keep")).body().contains("\"reason\":\"draining\""));
      end();
      assertEquals("kept", running.join().body());
      assertEquals("kept", waiting.join().body());
      assertEquals(0, host.exitCode());
    }
    assertTrue(Files.readString(state).contains("\"keep\":2"), Files.readString(state));
  }

  @Test
  void doesNotStartWithASettingOutOfItsRange() {
    AssertionError failure =
        org.junit.jupiter.api.Assertions.assertThrows(
            AssertionError.class,
            () -> start(Map.of("SNOWSHED_ADMISSION_QUEUE_SHARE", "1.5")).close());
    assertTrue(
        String.valueOf(failure.getMessage())
            .contains("snowshed.admission.queue-share is 1.5; it has to be from 0 to 1."),
        failure.getMessage());
  }

  private HostProcess start(Map<String, String> environment) {
    Path jar = FunctionJar.of(FUNCTIONS).writeTo(folder.resolve("places.jar"));
    return HostProcess.start(
        List.of(
            "-Dsnowshed.function.keep.config.end=" + endFile(),
            "-Dsnowshed.function.compute.config.end=" + endFile()),
        environment,
        jar);
  }

  private Path endFile() {
    return folder.resolve("end");
  }

  private void end() throws java.io.IOException {
    Files.writeString(endFile(), "");
  }

  private static CompletableFuture<HttpResponse<String>> keep(HostProcess host) {
    return call(host, "keep");
  }

  private static CompletableFuture<HttpResponse<String>> call(HostProcess host, String function) {
    return host.client.sendAsync(get(host, function), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest get(HostProcess host, String function) {
    return HttpRequest.newBuilder(host.function(function)).build();
  }

  private static JsonNode limits(HostProcess host) throws Exception {
    return new ObjectMapper().readTree(host.management("/snowshed/limits"));
  }

  private static JsonNode function(HostProcess host, String name) throws Exception {
    for (JsonNode function : limits(host).get("functions")) {
      if (function.get("function").asText().equals(name)) {
        return function;
      }
    }
    throw new AssertionError("no function " + name);
  }
}
