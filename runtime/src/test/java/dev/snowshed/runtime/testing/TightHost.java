package dev.snowshed.runtime.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * A host with {@link #PLACES} places and a queue of {@link #QUEUE}, and functions that keep a place
 * until they are told to leave.
 */
public final class TightHost implements QuarkusTestProfile {
  /** How many requests may be in flight. */
  public static final int PLACES = 4;

  /** How many may wait. */
  public static final int QUEUE = 3;

  /** How many bytes of bodies may be in flight. */
  public static final int BODY_BYTES = 1000;

  private static final String EXITS = "test.exits";

  private static final String SOURCE =
      """
      public class Places {
        static void keep() throws InterruptedException {
          ((java.util.concurrent.Semaphore) System.getProperties().get("test.exits")).acquire();
        }
        @Function(name = "keep", timeout = "60s") public String keepPlace() throws Exception {
          keep(); return "kept"; }
        @Function(name = "keep-body", timeout = "60s") public String keepBody(String body) throws Exception {
          keep(); return body; }
        @Function(name = "quick", timeout = "30s") public String quick() { return "quick"; }
        @Function(name = "quick-loop", timeout = "30s", execution = Execution.EVENT_LOOP)
        public String quickLoop() { return "quick"; }
        @Function(name = "quick-platform", timeout = "30s", execution = Execution.PLATFORM_THREAD)
        public String quickPlatform() { return "quick"; }
        @Function(name = "echo", timeout = "30s") public String echo(String text) { return text; }
      }
      """;

  /** The way out: each permit of it lets one call that keeps its place end. */
  public static Semaphore exits() {
    return (Semaphore)
        System.getProperties().computeIfAbsent(EXITS, _ -> new Semaphore(0));
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    Semaphore _ = exits();
    try {
      Path folder = Files.createTempDirectory("snowshed-tight-");
      Path jar = FunctionJar.of(SOURCE).writeTo(folder.resolve("places.jar"));
      return Map.of(
          "snowshed.functions.paths", jar.toString(),
          "snowshed.admission.max-concurrency", String.valueOf(PLACES),
          "snowshed.admission.max-queue", String.valueOf(QUEUE),
          "snowshed.admission.retry-share", "0",
          "snowshed.admission.max-body-in-flight", String.valueOf(BODY_BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
