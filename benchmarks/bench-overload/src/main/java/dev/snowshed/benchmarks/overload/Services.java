package dev.snowshed.benchmarks.overload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What bench-io and bench-pool ask: a server on the loopback address, in this process and so on the
 * generator's processor, that answers each call after 5 ms, however many there are.
 */
final class Services implements AutoCloseable {

  /** The variable that tells a target's functions where it is. */
  private static final String VARIABLE = "BENCH_SERVICES";

  private static final long ANSWER_MILLIS = 5;
  private static final int BACKLOG = 4096;
  private static final byte[] ANSWER = "{\"stock\":12}".getBytes(StandardCharsets.UTF_8);

  static {
    // Without them the server closes connections when 200 are idle, and answers wait for an
    // acknowledgement.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "100000");
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  Services() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setExecutor(threads);
    server.createContext("/", Services::answer);
    server.start();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Thread.sleep(ANSWER_MILLIS);
      exchange.sendResponseHeaders(200, ANSWER.length);
      exchange.getResponseBody().write(ANSWER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The variable for a target's environment. */
  Map<String, String> environment() {
    return Map.of(VARIABLE, "http://127.0.0.1:" + server.getAddress().getPort() + "/stock");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
