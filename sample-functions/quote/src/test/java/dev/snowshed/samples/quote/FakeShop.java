package dev.snowshed.samples.quote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The three services, healthy until told otherwise. */
final class FakeShop implements AutoCloseable {
  private static final Map<String, String> ANSWERS =
      Map.of(
          "/catalog",
          "{\"articles\":[{\"sku\":\"tea\",\"name\":\"Tea\",\"cents\":450},"
              + "{\"sku\":\"mug\",\"name\":\"Mug\",\"cents\":1250}]}",
          "/promotions",
          "{\"percent\":10}",
          "/recommendations",
          "{\"skus\":[\"pot\",\"mug\"]}");

  private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
  private final Set<String> requests = ConcurrentHashMap.newKeySet();
  private final Map<String, String> traces = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  FakeShop() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** What can be wrong with a service. */
  enum Trouble {
    ERROR,
    NOT_JSON,
    OTHER_JSON,
    CUT_OFF,
    HANG
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void trouble(String service, Trouble trouble) {
    troubles.put('/' + service, trouble);
  }

  /** The requests so far, path and query. */
  Set<String> requests() {
    return new TreeSet<>(requests);
  }

  /** The traces that came with the requests, by path. */
  Map<String, String> traces() {
    return traces;
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(exchange.getRequestURI().toString());
    traces.put(path, exchange.getRequestHeaders().getFirst("traceparent"));
    Trouble trouble = troubles.get(path);
    try (exchange) {
      if (trouble == null) {
        answer(exchange, 200, ANSWERS.get(path));
        return;
      }
      switch (trouble) {
        case ERROR -> answer(exchange, 503, "{}");
        case NOT_JSON -> answer(exchange, 200, "<html>");
        case OTHER_JSON -> answer(exchange, 200, "{}");
        case CUT_OFF -> exchange.sendResponseHeaders(200, 100);
        case HANG -> closing.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
