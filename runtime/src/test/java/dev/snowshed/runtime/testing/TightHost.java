package dev.snowshed.runtime.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * A host with {@link #PLACES} places and a queue of {@link #QUEUE}, with functions that keep a
 * place until they are told to leave, and quick ones named {@code quick-0} and so on, of which 1
 * runs on the event loop and 2 on a platform thread.
 */
public final class TightHost implements QuarkusTestProfile {
  /** How many requests may be in flight. */
  public static final int PLACES = 4;

  /** How many may wait. */
  public static final int QUEUE = 16;

  /** How many bytes of bodies may be in flight. */
  public static final int BODY_BYTES = 1000;

  private static final int QUICK = 16;
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
        @Function(name = "nap", timeout = "30s") public String nap() throws Exception {
          Thread.sleep(10); return "rested"; }
        @Function(name = "echo", timeout = "30s") public String echo(String text) { return text; }
      }
      """;

  /**
   * A function for one test, so that what its gate learns does not reach another.
   *
   * @param execution where it runs, a constant of the SDK's Execution
   */
  private static String quick(int number, String execution) {
    return """
        public class Quick%1$d {
          @Function(name = "quick-%1$d", timeout = "30s", execution = Execution.%2$s)
          public String quick() { return "quick"; } }
        """
        .formatted(number, execution);
  }

  private static String[] sources() {
    List<String> sources = new ArrayList<>();
    sources.add(SOURCE);
    for (int i = 0; i < QUICK; i++) {
      sources.add(quick(i, i == 1 ? "EVENT_LOOP" : i == 2 ? "PLATFORM_THREAD" : "VIRTUAL_THREAD"));
    }
    return sources.toArray(String[]::new);
  }

  /** The way out: each permit of it lets one call that keeps its place end. */
  public static Semaphore exits() {
    return (Semaphore) System.getProperties().computeIfAbsent(EXITS, _ -> new Semaphore(0));
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    Semaphore _ = exits();
    try {
      Path folder = Files.createTempDirectory("snowshed-tight-");
      Path jar = FunctionJar.of(sources()).writeTo(folder.resolve("places.jar"));
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
