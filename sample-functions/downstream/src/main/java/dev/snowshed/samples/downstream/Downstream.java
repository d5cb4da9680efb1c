package dev.snowshed.samples.downstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server on the loopback interface that plays the services that {@code quote} asks: {@code GET
 * /catalog}, {@code /promotions} and {@code /recommendations}. Safe for concurrent use.
 *
 * <p>{@code PUT /control/{service}?delay=200ms&errorRate=0.3&hang=true&atOnce=4} sets how a service
 * behaves; what is left out is as in a healthy one, so {@code PUT /control/{service}} heals it.
 * {@code GET /control/{service}} and {@code GET /control} tell. Requests that hang are answered
 * when the behaviour changes.
 */
public final class Downstream implements AutoCloseable {
  private static final int DEFAULT_PORT = 8090;
  private static final int BACKLOG = 1024;
  private static final String CONTROL = "/control/";

  static {
    // The JDK's server reads these once. Without the first, answers wait for the caller's ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
  }

  private final Map<String, Service> services =
      new TreeMap<>(
          Map.of(
              "catalog", new Service(Wares::catalog),
              "promotions", new Service(Wares::promotion),
              "recommendations", new Service(Wares::recommendations)));
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Downstream(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts the server.
   *
   * @param port where it listens, or 0 for any free port
   * @return the running server
   * @throws IOException if the port is not free
   */
  public static Downstream start(int port) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var downstream = new Downstream(HttpServer.create(address, BACKLOG));
    downstream.server.setExecutor(downstream.threads);
    downstream.server.createContext("/", downstream::serve);
    downstream.server.start();
    return downstream;
  }

  /**
   * Serves until the process is stopped.
   *
   * @param arguments the port, or nothing for 8090
   */
  public static void main(String[] arguments) {
    try {
      int port = arguments.length == 0 ? DEFAULT_PORT : Integer.parseInt(arguments[0]);
      Downstream downstream = start(port);
      Runtime.getRuntime().addShutdownHook(new Thread(downstream::close));
      System.out.println("Downstream services are at " + downstream.uri());
    } catch (IOException | IllegalArgumentException e) {
      System.err.println(
          "Cannot start on port %s: %s. Give a free port, or 0 for any."
              .formatted(String.join(" ", arguments), e.getMessage()));
      System.exit(2);
    }
  }

  /** Where the services are, such as {@code http://127.0.0.1:8090}. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers what is under way, hanging requests included, and stops. */
  @Override
  public void close() {
    services.values().forEach(service -> service.behave(Behaviour.HEALTHY));
    server.stop(1);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] body = answer.json().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer answer(HttpExchange exchange) throws InterruptedException {
    try {
      URI uri = exchange.getRequestURI();
      return answer(exchange.getRequestMethod(), uri.getPath(), Query.of(uri));
    } catch (IllegalArgumentException e) {
      return Answer.error(400, e.getMessage());
    }
  }

  private Answer answer(String method, String path, Query query) throws InterruptedException {
    if (path.equals("/control") && method.equals("GET")) {
      return Answer.ok(behaviours());
    }
    boolean control = path.startsWith(CONTROL);
    Service service = services.get(path.substring(control ? CONTROL.length() : 1));
    if (service == null) {
      return Answer.error(404, "the services are " + services.keySet());
    }
    if (!control && method.equals("GET")) {
      return service.answer(query);
    }
    if (control && method.equals("PUT")) {
      service.behave(Behaviour.parse(query.first()));
    } else if (!method.equals("GET")) {
      return Answer.error(405, "services take GET, /control/{service} takes GET and PUT");
    }
    return Answer.ok(service.behaviour().toJson());
  }

  private String behaviours() {
    return services.entrySet().stream()
        .map(entry -> '"' + entry.getKey() + "\":" + entry.getValue().behaviour().toJson())
        .collect(joining(",", "{", "}"));
  }
}
