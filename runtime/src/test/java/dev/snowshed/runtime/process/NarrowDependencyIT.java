package dev.snowshed.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.snowshed.runtime.testing.FunctionJar;
import dev.snowshed.runtime.testing.HostProcess;
import dev.snowshed.runtime.testing.OpenLoop;
import dev.snowshed.runtime.testing.ReadinessWatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A function under load whose strong dependency is well, but answers only so many at a time while
 * the others wait, those included whose callers have left.
 */
@SuppressWarnings("NullAway.Init")
class NarrowDependencyIT {
  private static final int AT_ONCE = 4;
  private static final int WIDE = 64;
  private static final long ANSWER_MILLIS = 50;
  private static final double CAPACITY = AT_ONCE * 1000.0 / ANSWER_MILLIS;
  private static final double OFFERED = 2 * CAPACITY;
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private static final String FUNCTION =
      """
      public class Seller {
        @Function(name = "sell", timeout = "2s")
        @DependsOn(value = "stock", strength = Strength.STRONG)
        public String sell(String uri, Context context) throws Exception {
          var ask = java.net.http.HttpRequest.newBuilder(java.net.URI.create(uri)).build();
          return context.dependency("stock").http()
              .send(ask, java.net.http.HttpResponse.BodyHandlers.ofString()).body();
        }
      }
      """;

  private static final Semaphore PLACES = new Semaphore(WIDE, true);

  private static HttpServer stock;
  private static HostProcess host;
  private static HttpRequest sell;

  @BeforeAll
  static void start() throws IOException {
    stock = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    stock.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    stock.createContext(
        "/",
        exchange -> {
          try (exchange) {
            PLACES.acquire();
            try {
              Thread.sleep(ANSWER_MILLIS);
            } finally {
              PLACES.release();
            }
            exchange.sendResponseHeaders(200, -1);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    stock.start();
    Path jar = Files.createTempDirectory("snowshed-narrow-").resolve("sell.jar");
    host = HostProcess.start(List.of(), Map.of(), FunctionJar.of(FUNCTION).writeTo(jar));
    sell =
        host.post(
            "sell", "text/plain", "http://127.0.0.1:" + stock.getAddress().getPort() + "/stock");
  }

  @AfterAll
  static void stop() {
    host.close();
    stock.stop(0);
  }

  private static OpenLoop load(int seconds) {
    return OpenLoop.run(sell, OFFERED, Duration.ofSeconds(seconds));
  }

  @Test
  void admitsWhatTheDependencyCanServeAndComesBackWithIt() throws Exception {
    OpenLoop before = load(8);
    assertTrue(
        before.goodPerSecond(DEADLINE, Duration.ofSeconds(5)) >= 0.95 * OFFERED,
        () -> "wide: " + before);

    OpenLoop narrow;
    OpenLoop after;
    try (ReadinessWatch watch = new ReadinessWatch(host)) {
      PLACES.acquire(WIDE - AT_ONCE);
      narrow = load(20);
      PLACES.release(WIDE - AT_ONCE);
      after = load(6);
      assertEquals(Set.of("200"), watch.answers());
      assertTrue(watch.asked() >= 130, watch.asked() + " looks");
    }
    double good = narrow.goodPerSecond(DEADLINE, Duration.ofSeconds(5));
    double again = after.goodPerSecond(DEADLINE, Duration.ofSeconds(3));

    assertTrue(good >= 0.8 * CAPACITY, () -> good + " per second: " + narrow);
    Duration refused = narrow.quantile(503, 0.8);
    // who waits in vain waits a quarter of the deadline, see docs/admission.md
    assertTrue(refused.compareTo(DEADLINE.dividedBy(3)) < 0, () -> refused + " " + narrow);
    assertTrue(again >= 0.95 * OFFERED, () -> again + " per second: " + after);
    assertFalse(host.log().contains("-> EJECTED"), host.log());
  }
}
