package dev.snowshed.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.runtime.testing.FunctionJar;
import dev.snowshed.runtime.testing.HostProcess;
import dev.snowshed.runtime.testing.OpenLoop;
import dev.snowshed.runtime.testing.Poll;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged host's probes under overload, and the calls that warm it up. */
class ProbesIT {
  /** Each call takes a processor for this long. */
  private static final Duration WORK = Duration.ofMillis(20);

  private static final int OVERLOAD = 10;
  private static final int PROBES = 200;

  private static final String FUNCTIONS =
      """
      public class Work {
        private static final java.util.concurrent.atomic.AtomicInteger CALLS =
            new java.util.concurrent.atomic.AtomicInteger();
        @Function(name = "burn", timeout = "1s") public String burn() {
          long end = System.nanoTime() + 20_000_000;
          while (System.nanoTime() < end) Thread.onSpinWait();
          return "burnt"; }
        @Function(name = "count") public String count(String text) {
          return text + CALLS.incrementAndGet(); }
        @Function(name = "fail") public String fail() { throw new IllegalStateException("cold"); }
      }
      """;

  @TempDir Path folder;

  @Test
  void answersProbesWhileItRefusesCalls() throws Exception {
    try (HostProcess host = start(Map.of())) {
      long[] idle = probe(host);
      double capacity = Runtime.getRuntime().availableProcessors() * 1e9 / (double) WORK.toNanos();
      CompletableFuture<OpenLoop> load =
          CompletableFuture.supplyAsync(
              () ->
                  OpenLoop.run(host.function("burn"), OVERLOAD * capacity, Duration.ofSeconds(10)));
      Poll.until(
          "refusing", () -> host.lifecycle().get("causes").toString().contains("\"shedding\""));
      long[] busy = probe(host);
      OpenLoop answers = load.join();
      assertTrue(answers.count(503) > answers.count(200), answers.toString());
      System.out.printf(
          "Probes at %d times overload: p50 %.1f ms, p99 %.1f ms, most %.1f ms"
              + " (idle: p50 %.1f ms, p99 %.1f ms); %s%n",
          OVERLOAD,
          millis(busy, 0.5),
          millis(busy, 0.99),
          millis(busy, 1),
          millis(idle, 0.5),
          millis(idle, 0.99),
          answers);
      assertEquals(200, host.health("ready"), "shedding is not unreadiness");
    }
  }

  @Test
  void callsFunctionsBeforeItIsReady() throws Exception {
    Map<String, String> environment =
        Map.of(
            "SNOWSHED_FUNCTION_COUNT_WARMUP_BODY", "warm",
            "SNOWSHED_FUNCTION_COUNT_WARMUP_CONTENT_TYPE", "text/plain",
            "SNOWSHED_FUNCTION_COUNT_WARMUP_CALLS", "5",
            "SNOWSHED_FUNCTION_FAIL_WARMUP", "/");
    try (HostProcess host = start(environment)) {
      assertEquals("now6", host.send(host.post("count", "text/plain", "now")).body());
      assertTrue(
          host.log().contains("The warm-up call of function 'fail' was answered with 500"),
          host.log());
      String recent = host.lifecycle().get("recent").toString();
      assertTrue(recent.contains("\"from\":\"WARMING\",\"to\":\"READY\""), recent);
    }
  }

  /** Sorted, in nanoseconds. */
  private static long[] probe(HostProcess host) throws IOException, InterruptedException {
    long[] latencies = new long[PROBES];
    for (int i = 0; i < PROBES; i++) {
      long start = System.nanoTime();
      assertEquals(200, host.health(i % 2 == 0 ? "ready" : "live"));
      latencies[i] = System.nanoTime() - start;
    }
    return LongStream.of(latencies).sorted().toArray();
  }

  private static double millis(long[] sorted, double quantile) {
    return sorted[(int) Math.floor(quantile * (sorted.length - 1))] / 1e6;
  }

  private HostProcess start(Map<String, String> environment) {
    Path jar = FunctionJar.of(FUNCTIONS).writeTo(folder.resolve("work.jar"));
    return HostProcess.start(List.of(), environment, jar);
  }
}
