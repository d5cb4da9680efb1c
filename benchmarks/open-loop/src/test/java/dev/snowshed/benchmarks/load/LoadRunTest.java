package dev.snowshed.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loads a server that refuses every second request. */
class LoadRunTest {
  private static final long DEADLINE_NANOS = 10_000_000_000L;

  private final AtomicInteger requests = new AtomicInteger();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server = create();

  private static HttpServer create() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          boolean right =
              "500".equals(exchange.getRequestHeaders().getFirst("X-Request-Timeout"))
                  && new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                      .equals("{}");
          boolean refused = requests.incrementAndGet() % 2 == 0;
          exchange.sendResponseHeaders(!right ? 400 : refused ? 503 : 200, 0);
          exchange.getResponseBody().write("chunked".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    server.setExecutor(executor);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    executor.close();
  }

  @Test
  void sendsEveryRequestOnceAndCountsEveryAnswer() throws IOException {
    Tally tally = run(OpenLoop.even(RateCurve.constant(2000, 0.1)), 256);

    // The last of the 200 is due at the very end, which no longer counts.
    assertEquals(199, tally.offered());
    assertEquals(199, requests.get());
    assertEquals(100, tally.count(Outcome.GOOD));
    assertEquals(99, tally.count(Outcome.REFUSED));
    assertEquals(100, tally.served());
  }

  @Test
  void sendsNothingWithoutAConnection() throws IOException {
    Tally tally = run(burst(), 1);

    assertEquals(5, tally.offered());
    assertEquals(1, requests.get());
    assertEquals(4, tally.count(Outcome.UNSENT));
  }

  @Test
  void countsWhatCannotConnectAsFailed() throws IOException {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }

    assertEquals(5, run(closedPort, burst(), 8, DEADLINE_NANOS).count(Outcome.FAILED));
  }

  @Test
  void givesUpWhatIsNotAnswered() throws IOException {
    // Connections wait in the backlog of one that never accepts.
    try (ServerSocket silent = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
      Tally tally = run(silent.getLocalPort(), burst(), 8, 1);

      assertEquals(5, tally.count(Outcome.LATE));
      assertEquals(0, tally.served());
    }
  }

  @Test
  void loadsNothingButTheLoopbackAddress() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Connections(
                URI.create("http://192.0.2.1:80/"), "{}", 500, 1, Connections.Pause.SPIN));
  }

  /** Five at once. */
  private static Arrivals burst() {
    return new Arrivals() {
      private int left = 5;

      @Override
      public long nextNanos() {
        return left > 0 ? 0 : NONE;
      }

      @Override
      public void take() {
        left--;
      }
    };
  }

  private Tally run(Arrivals arrivals, int connections) throws IOException {
    return run(server.getAddress().getPort(), arrivals, connections, DEADLINE_NANOS);
  }

  private static Tally run(int port, Arrivals arrivals, int connections, long deadlineNanos)
      throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/");
    try (Connections pool = new Connections(uri, "{}", 500, connections, Connections.Pause.SPIN)) {
      return LoadRun.run(pool, arrivals, new Window(deadlineNanos, 0, 0.1, new Window.Marks() {}));
    }
  }
}
