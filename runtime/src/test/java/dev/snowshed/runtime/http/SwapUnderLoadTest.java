package dev.snowshed.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.runtime.loading.FunctionRegistry;
import dev.snowshed.runtime.testing.FunctionJar;
import dev.snowshed.runtime.testing.Poll;
import dev.snowshed.runtime.testing.TestFunctions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestFunctions.class)
class SwapUnderLoadTest {
  private static final int SWAPS = 50;
  private static final int CALLERS = 4;
  private static final int WARM_UP = 15;
  private static final double MOST_GROWTH = 1.05;
  private static final Path JAR = TestFunctions.DROP_FOLDER.resolve("swapped.jar");

  private static final String SOURCE =
      """
      public class Swapped {
        private final String version;
        public Swapped() throws Exception {
          try (var in = Swapped.class.getResourceAsStream("/version.txt")) {
            version = new String(in.readAllBytes());
          }
        }
        public record Question(String name, List<Integer> numbers) {}
        public record Answer(String version, String name, int sum) {}
        @Function(name = "swapped")
        public Answer run(Question question) throws Exception {
          org.slf4j.LoggerFactory.getLogger(Swapped.class).debug("swapped");
          Thread.sleep(1);
          return new Answer(version, question.name(), question.numbers().stream().mapToInt(n -> n).sum());
        }
      }
      """;

  @TestHTTPResource("/functions/swapped")
  URI function;

  @Inject FunctionRegistry registry;

  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger newest = new AtomicInteger();
  private final AtomicBoolean done = new AtomicBoolean();

  @AfterAll
  static void remove() throws Exception {
    Files.deleteIfExists(JAR);
  }

  @Test
  void losesNoCallAndNoMemoryOverManySwaps() throws Exception {
    Map<String, byte[]> classes = FunctionJar.of(SOURCE).compile();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    swapTo(0, classes);
    Thread[] callers = new Thread[CALLERS];
    for (int i = 0; i < CALLERS; i++) {
      callers[i] = Thread.ofPlatform().start(this::callUntilDone);
    }
    long metaspaceAfterWarmUp = 0;
    for (int version = 1; version <= SWAPS; version++) {
      loaders.add(currentLoader());
      swapTo(version, classes);
      int before = answered.get();
      Poll.until("calls on version " + version, () -> answered.get() > before + CALLERS);
      if (version == WARM_UP) {
        collectAllBut(loaders, 0);
        metaspaceAfterWarmUp = metaspaceBytes();
      }
    }
    done.set(true);
    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(List.of(), List.copyOf(wrong));
    collectAllBut(loaders, 0);
    double growth = (double) metaspaceBytes() / metaspaceAfterWarmUp;
    assertTrue(growth < MOST_GROWTH, "metaspace grew by the factor " + growth);
  }

  private void swapTo(int version, Map<String, byte[]> classes) {
    Map<String, byte[]> entries = new LinkedHashMap<>(classes);
    entries.put("version.txt", Integer.toString(version).getBytes(StandardCharsets.UTF_8));
    FunctionJar.write(JAR, entries, Integer.toString(version));
    Poll.until("version " + version, () -> version(version));
    newest.set(version);
  }

  private boolean version(int version) {
    var found = registry.functions().get("swapped");
    return found != null && found.bundle().version().name().equals(Integer.toString(version));
  }

  private WeakReference<ClassLoader> currentLoader() {
    return new WeakReference<>(
        Objects.requireNonNull(registry.functions().get("swapped")).bundle().classLoader());
  }

  private void callUntilDone() {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; !done.get(); i++) {
        call(client, i);
      }
    }
  }

  private void call(HttpClient client, int i) {
    int atLeast = newest.get();
    try {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(function)
                  .version(HttpClient.Version.HTTP_1_1)
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"name\":\"n" + i + "\",\"numbers\":[1,2," + i + "]}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      String expectedEnd = "\",\"name\":\"n" + i + "\",\"sum\":" + (i + 3) + "}";
      String body = response.body();
      boolean right =
          response.statusCode() == 200
              && body.endsWith(expectedEnd)
              && Integer.parseInt(
                      body.substring(
                          "{\"version\":\"".length(), body.length() - expectedEnd.length()))
                  >= atLeast;
      if (!right) {
        wrong.add(response.statusCode() + " " + body);
      }
      answered.incrementAndGet();
    } catch (Exception e) {
      wrong.add(e.toString());
      answered.incrementAndGet();
    }
  }

  private static void collectAllBut(List<WeakReference<ClassLoader>> loaders, int left) {
    Poll.until(
        "old versions collected",
        () -> {
          System.gc();
          return loaders.stream().filter(loader -> loader.get() != null).count() <= left;
        });
  }

  private static long metaspaceBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
