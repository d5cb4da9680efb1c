package dev.snowshed.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.snowshed.runtime.testing.FakePeers;
import dev.snowshed.runtime.testing.FunctionJar;
import dev.snowshed.runtime.testing.HostProcess;
import dev.snowshed.runtime.testing.OpenLoop;
import dev.snowshed.runtime.testing.Poll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What takes a running host out of rotation, and what does not. All illnesses are provoked at the
 * thresholds of production but two: the memory spiral at a fifth of the time in collections, not
 * half, and collapsed goodput with processors that are 30 % busy, not 80 %, for the machine may do
 * other things meanwhile. All times are shorter than in production.
 */
class EjectionIT {
  private static final String FUNCTIONS =
      """
      public class Ills {
        static final java.util.List<byte[]> HOARD = new java.util.ArrayList<>();
        static final Object MONITOR = new Object();

        static java.nio.file.Path end(Context context) {
          return java.nio.file.Path.of(context.configuration().get("end").orElseThrow()); }

        /** Looks at the file now and then only, so that it computes nearly all of the time. */
        static void computeUntil(java.nio.file.Path end, long nanos) {
          long start = System.nanoTime();
          long look = start;
          for (long now = start; now - start < nanos; now = System.nanoTime()) {
            if (now - look > 50_000_000) {
              look = now;
              if (java.nio.file.Files.exists(end)) return;
            }
          }
        }

        @Function(name = "well", timeout = "10s") public String well() { return "well"; }

        @Function(name = "spin", timeout = "1s") public String spin(Context context) {
          computeUntil(end(context), Long.MAX_VALUE); return "at last"; }

        /** As spin, but in time: its call is not stuck, and others get no carrier all the same. */
        @Function(name = "hold", timeout = "60s") public String hold(Context context) {
          computeUntil(end(context), Long.MAX_VALUE); return "at last"; }

        @Function(name = "loop", timeout = "1s", execution = Execution.EVENT_LOOP)
        public String loop(Context context) {
          computeUntil(end(context), Long.MAX_VALUE); return "at last"; }

        @Function(name = "burn", timeout = "200ms") public String burn(Context context) {
          if (!java.nio.file.Files.exists(end(context))) computeUntil(end(context), 300_000_000);
          return "burnt"; }

        static double used(Runtime jvm) {
          return (double) (jvm.totalMemory() - jvm.freeMemory()) / jvm.maxMemory(); }

        /** Fills the heap, then collects two thirds of the time, however fast that is. */
        @Function(name = "hoard", timeout = "60s") public String hoard(Context context)
            throws InterruptedException {
          Runtime jvm = Runtime.getRuntime();
          while (used(jvm) < 0.9) {
            while (used(jvm) < 0.92) HOARD.add(new byte[100_000]);
            System.gc();
          }
          while (!java.nio.file.Files.exists(end(context))) {
            long start = System.nanoTime();
            System.gc();
            Thread.sleep(1 + (System.nanoTime() - start) / 2_000_000);
          }
          HOARD.clear();
          System.gc();
          return "let go";
        }

        static String ask(Context context) throws Exception {
          int port = Integer.parseInt(context.configuration().get("port").orElseThrow());
          try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
            return "" + socket.getInputStream().read();
          }
        }
        /** Waits for a dependency, in spite of interrupts. */
        @Function(name = "ask", timeout = "300ms") public String askInSpite(Context context) {
          while (true) {
            try { return ask(context); }
            catch (Exception e) { Thread.interrupted(); }
          }
        }
        @Function(name = "ask-platform", timeout = "300ms", execution = Execution.PLATFORM_THREAD)
        public String askOnPlatform(Context context) throws Exception { return ask(context); }
        /** As drivers do that have one connection, and a lock around it. */
        @Function(name = "ask-synchronized", timeout = "300ms")
        public String askSynchronized(Context context) {
          synchronized (MONITOR) { return askInSpite(context); } }
      }
      """;

  @TempDir Path folder;

  @Test
  void leavesForStuckThreadsAndComesBack() throws Exception {
    try (FakePeers peers = FakePeers.ready(3);
        HostProcess host = start(peers, List.of(), Map.of())) {
      int spinning = 2 * Runtime.getRuntime().availableProcessors();
      List<CompletableFuture<?>> calls = new ArrayList<>();
      for (int i = 0; i < spinning; i++) {
        calls.add(call(host, "spin"));
      }
      awaitEjection(host, "stuck-threads");
      assertShownEverywhere(host, "stuck-threads", "\\d+ threads stuck for \\d+ s");
      letGo();
      awaitReturn(host);
      assertTrue(host.log().contains("Cause stuck-threads is gone"), host.log());
      assertFound(metric("stuck-threads", 0), host.management("/metrics"));
      calls.forEach(CompletableFuture::join);
      assertEquals("well", host.send(get(host, "well")).body());
    }
  }

  @Test
  void leavesForAWedgedRunQueueAndComesBack() throws Exception {
    try (FakePeers peers = FakePeers.ready(3);
        HostProcess host = start(peers, List.of(), Map.of())) {
      List<CompletableFuture<?>> calls = new ArrayList<>();
      for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
        calls.add(call(host, "hold"));
      }
      awaitEjection(host, "wedged-run-queue");
      assertFalse(host.lifecycle().get("causes").toString().contains("stuck-threads"));
      letGo();
      awaitReturn(host);
      calls.forEach(CompletableFuture::join);
      assertEquals("well", host.send(get(host, "well")).body());
    }
  }

  @Test
  void leavesForAWedgedEventLoopAndComesBack() throws Exception {
    try (FakePeers peers = FakePeers.ready(3);
        HostProcess host = start(peers, List.of(), Map.of())) {
      CompletableFuture<?> call = call(host, "loop");
      awaitEjection(host, "wedged-event-loop");
      letGo();
      awaitReturn(host);
      call.join();
    }
  }

  /** Whichever loops the connections get: that of the management port is none of them. */
  @Test
  void answersProbesWhileEveryEventLoopOfTheFunctionPortIsBlocked() throws Exception {
    try (FakePeers peers = FakePeers.ready(3);
        HostProcess host = start(peers, List.of(), Map.of())) {
      for (int i = 0; i < 8 * Runtime.getRuntime().availableProcessors(); i++) {
        CompletableFuture<?> _ = call(host, "loop");
      }
      awaitEjection(host, "wedged-event-loop");
      assertEquals(200, host.health("live"));
      letGo();
      awaitReturn(host);
    }
  }

  @Test
  void leavesForAMemorySpiralAndComesBack() throws Exception {
    try (FakePeers peers = FakePeers.ready(3);
        HostProcess host =
            start(
                peers,
                List.of("-Xmx96m", "-XX:+UseSerialGC"),
                // well below what the function makes of it, whatever else the machine does
                Map.of("SNOWSHED_LIFECYCLE_GC_SHARE", "0.2"))) {
      CompletableFuture<?> call = call(host, "hoard");
      awaitEjection(host, "memory-spiral");
      letGo();
      awaitReturn(host);
      call.join();
    }
  }

  @Test
  void leavesForCollapsedGoodputAndComesBack() throws Exception {
    try (FakePeers peers = FakePeers.ready(3);
        HostProcess host =
            start(peers, List.of(), Map.of("SNOWSHED_LIFECYCLE_BUSY_SHARE", "0.3"))) {
      CompletableFuture<OpenLoop> load =
          CompletableFuture.supplyAsync(
              () -> OpenLoop.run(host.function("burn"), 50, Duration.ofSeconds(15)));
      awaitEjection(host, "collapsed-goodput");
      letGo();
      awaitReturn(host);
      OpenLoop _ = load.join();
    }
  }

  @Test
  void staysInForADeadDependency() throws Exception {
    try (FakePeers peers = FakePeers.ready(3);
        ServerSocket dead = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        HostProcess host =
            start(
                peers,
                List.of(
                    "-Dsnowshed.function.ask.config.port=" + dead.getLocalPort(),
                    "-Dsnowshed.function.ask-platform.config.port=" + dead.getLocalPort(),
                    "-Dsnowshed.function.ask-synchronized.config.port=" + dead.getLocalPort()),
                Map.of())) {
      List<CompletableFuture<OpenLoop>> loads =
          List.of("ask", "ask-platform", "ask-synchronized").stream()
              .map(
                  function ->
                      CompletableFuture.supplyAsync(
                          () -> OpenLoop.run(host.function(function), 30, Duration.ofSeconds(8))))
              .toList();
      Poll.until(
          "stuck", () -> host.management("/metrics").contains("snowshed_function_stuck{function="));
      loads.forEach(CompletableFuture::join);
      JsonNode life = host.lifecycle();
      assertTrue(stuck(host) >= 3, "the provocation is one: " + host.management("/metrics"));
      assertFalse(life.toString().contains("EJECTED"), life.toString());
      assertFalse(life.toString().contains("stuck-threads"), life.toString());
      assertTrue(life.get("ready").asBoolean(), life.toString());
    }
  }

  private static double stuck(HostProcess host) throws Exception {
    return host.management("/metrics")
        .lines()
        .filter(line -> line.startsWith("snowshed_function_stuck{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void staysInWithoutAViewOfTheFleet() throws Exception {
    try (HostProcess host = start(List.of(), settings())) {
      CompletableFuture<?> call = call(host, "loop");
      Poll.until("held in", () -> host.lifecycle().get("heldIn").asText().contains("no view"));
      assertEquals("STRAINED", host.state());
      assertEquals(200, host.health("ready"));
      letGo();
      Poll.until("ready", () -> host.state().equals("READY"));
      call.join();
    }
  }

  @Test
  void staysInWhileTheFleetCannotSpareItAndComesBackWhenItIsNeeded() throws Exception {
    try (FakePeers peers = FakePeers.ready(3);
        HostProcess host = start(peers, List.of(), Map.of())) {
      assertEquals(40, host.lifecycle(40).get("heardTicket").asLong());
      peers.set(0, "EJECTED", false);
      Poll.until("heard of", () -> host.lifecycle().toString().contains("\"ready\":false"));
      CompletableFuture<?> call = call(host, "loop");
      Poll.until("held in", () -> host.lifecycle().get("heldIn").asText().contains("of 4 hosts"));
      assertEquals(200, host.health("ready"));
      assertEquals(41, host.lifecycle().get("ticket").asLong());
      peers.set(0, "READY", true);
      awaitEjection(host, "wedged-event-loop");
      peers.kill(0);
      peers.kill(1);
      Poll.until("needed", () -> host.lifecycle().toString().contains("too small"));
      Poll.until("in again", () -> host.health("ready") == 200);
      letGo();
      call.join();
    }
  }

  private static void awaitEjection(HostProcess host, String cause) throws Exception {
    try {
      Poll.until("ejected for " + cause, () -> host.state().equals("EJECTED"));
    } catch (AssertionError e) {
      throw new AssertionError(host.lifecycle() + "\n" + host.management("/metrics"), e);
    }
    Poll.until(cause, () -> host.lifecycle().get("causes").toString().contains(cause));
    Poll.until("not ready", () -> host.health("ready") == 503);
  }

  private static void assertShownEverywhere(HostProcess host, String cause, String evidence)
      throws Exception {
    String quoted = "\"" + cause + "\"\\s*:\\s*\"" + evidence + "\"";
    assertFound(quoted, host.management("/health/ready"));
    assertFound("\"evidence\":\"" + evidence + "\"", host.lifecycle().get("causes").toString());
    assertFound("Cause " + cause + ": " + evidence, host.log());
    assertFound(metric(cause, 1), host.management("/metrics"));
  }

  private static String metric(String cause, int value) {
    return "(?m)^snowshed_lifecycle_cause\\{kind=\"" + cause + "\",?} " + value + "(\\.0)?$";
  }

  private static void assertFound(String pattern, String text) {
    assertTrue(Pattern.compile(pattern).matcher(text).find(), () -> pattern + "\n" + text);
  }

  private static void awaitReturn(HostProcess host) {
    Poll.until("ready", () -> host.state().equals("READY"));
    Poll.until("in rotation", () -> host.health("ready") == 200);
  }

  private HostProcess start(FakePeers peers, List<String> options, Map<String, String> more) {
    Map<String, String> environment = settings();
    environment.put("SNOWSHED_FLEET_VIEW", "peers");
    environment.put("SNOWSHED_FLEET_PEERS", peers.addresses());
    environment.putAll(more);
    HostProcess host = start(options, environment);
    Poll.until("peers heard of", () -> host.lifecycle().toString().contains("peer-2"));
    return host;
  }

  private HostProcess start(List<String> options, Map<String, String> environment) {
    Path jar = FunctionJar.of(FUNCTIONS).writeTo(folder.resolve("ills.jar"));
    List<String> all = new ArrayList<>(options);
    for (String function : List.of("spin", "hold", "loop", "burn", "hoard")) {
      all.add("-Dsnowshed.function." + function + ".config.end=" + endFile());
    }
    return HostProcess.start(all, environment, jar);
  }

  /** The times, a tenth of those in production or so. */
  private static Map<String, String> settings() {
    Map<String, String> environment = new HashMap<>();
    environment.put("SNOWSHED_LIFECYCLE_STRAIN_AFTER", "250ms");
    environment.put("SNOWSHED_LIFECYCLE_EJECT_AFTER", "1s");
    environment.put("SNOWSHED_LIFECYCLE_LOOP_WEDGED_AFTER", "2s");
    environment.put("SNOWSHED_LIFECYCLE_COLLAPSED_AFTER", "2s");
    environment.put("SNOWSHED_LIFECYCLE_RECOVERY", "500ms");
    environment.put("SNOWSHED_LIFECYCLE_HOLD_OFF", "500ms");
    environment.put("SNOWSHED_LIFECYCLE_SLOW_START", "500ms");
    environment.put("SNOWSHED_FLEET_INTERVAL", "100ms");
    environment.put("SNOWSHED_FLEET_STALE_AFTER", "1s");
    return environment;
  }

  private Path endFile() {
    return folder.resolve("end");
  }

  private void letGo() throws IOException {
    Files.writeString(endFile(), "");
  }

  private static CompletableFuture<HttpResponse<String>> call(HostProcess host, String function) {
    return host.client.sendAsync(get(host, function), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest get(HostProcess host, String function) {
    return HttpRequest.newBuilder(host.function(function)).build();
  }
}
