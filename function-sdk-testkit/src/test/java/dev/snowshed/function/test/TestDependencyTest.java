package dev.snowshed.function.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.snowshed.function.DependencyException;
import dev.snowshed.function.DependencyException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TestDependencyTest {
  private final TestContext context =
      TestContext.builder().remaining(Duration.ofSeconds(2)).build();
  private final TestDependency catalog = context.dependency("catalog");

  private Kind kind() {
    return assertThrows(DependencyException.class, () -> catalog.call(() -> "tea")).kind();
  }

  @Test
  void letsCallsThroughAndCountsThem() throws Exception {
    assertEquals("tea", catalog.call(() -> "tea"));
    assertEquals(
        "mug",
        catalog
            .callAsync(() -> CompletableFuture.completedFuture("mug"))
            .toCompletableFuture()
            .get());
    assertSame(catalog, context.dependency("catalog"));
    assertEquals(2, catalog.calls());
    assertEquals(0, catalog.failures());
  }

  @Test
  void failsAndHeals() throws Exception {
    IOException down = new IOException("down");

    assertSame(down, assertThrows(IOException.class, () -> catalog.fail(down).call(() -> "tea")));
    assertEquals(
        "none",
        catalog
            .callAsync(() -> CompletableFuture.completedFuture("tea"), failure -> "none")
            .toCompletableFuture()
            .get());
    catalog.fail();
    assertEquals(Kind.DRILL, kind());
    assertEquals(3, catalog.failures());
    assertEquals(1, catalog.fallbacks());
    assertEquals("tea", catalog.heal().call(() -> "tea"));
  }

  @Test
  void hangsUntilItsTimeoutOrTheDeadline() throws Exception {
    catalog.timeout(Duration.ofMillis(500)).hang();
    assertEquals("none", catalog.call(() -> "tea", failure -> "none"));
    assertEquals(Duration.ofMillis(1500), context.remaining());

    catalog.timeout(Duration.ofSeconds(5));
    assertThrows(DependencyException.class, () -> catalog.call(() -> "tea", failure -> "none"));
    assertTrue(context.cancellation().isCancelled());
  }

  @Test
  void takesTime() throws Exception {
    catalog.delay(Duration.ofMillis(300));
    assertEquals("tea", catalog.call(() -> "tea"));
    assertEquals(Duration.ofMillis(1700), context.remaining());
    catalog.delay(Duration.ofSeconds(3));
    assertEquals(Kind.DEADLINE, kind());
  }

  @Test
  void countsAServersErrorAsAFailureAndGivesTheAnswer() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          assertFalse(exchange.getRequestHeaders().getFirst("traceparent").isEmpty());
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    server.start();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
              .build();
      assertEquals(503, catalog.http().send(request, BodyHandlers.discarding()).statusCode());
      assertEquals(1, catalog.failures());
      catalog.fail();
      assertThrows(
          IOException.class, () -> catalog.http().send(request, BodyHandlers.discarding()));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void rejectsWhatIsNoName() {
    assertThrows(IllegalArgumentException.class, () -> context.dependency("a b"));
  }
}
