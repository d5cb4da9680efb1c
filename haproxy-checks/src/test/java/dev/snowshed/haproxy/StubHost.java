package dev.snowshed.haproxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What HAProxy sees of a host: functions, readiness, agent. It does as it is told. Safe for
 * concurrent use.
 */
final class StubHost implements AutoCloseable {
  private final int number;
  private final HttpServer functions;
  private final HttpServer management;
  private final ServerSocket agent;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile HttpHandler behaviour = exchange -> answer(exchange, 200);
  private volatile String agentAnswer = "up ready 100% maxconn:64";
  private volatile Manner manner = Manner.ANSWERS;
  private volatile boolean ready = true;

  /** What becomes of those that ask the agent. */
  enum Manner {
    /** They get an answer. */
    ANSWERS,
    /** They wait for one until they have had enough. */
    HANGS,
    /** The connection is closed without a word. */
    CLOSES
  }

  /**
   * A request that arrived.
   *
   * @param method of HTTP
   * @param tag the header {@code X-Tag}; empty without it
   * @param criticality the header's value; empty without it
   * @param drill whether it was marked for a drill
   */
  record Seen(String method, String tag, String criticality, boolean drill) {}

  private StubHost(int number, Haproxy.HostPorts ports) throws IOException {
    this.number = number;
    this.functions = server(ports.function(), this::serve);
    this.management = server(ports.management(), exchange -> answer(exchange, ready ? 200 : 503));
    this.agent = new ServerSocket();
    agent.bind(new InetSocketAddress(Haproxy.address(number), ports.agent()));
    executor.execute(this::answerAgents);
  }

  /** Starts one at its own address. */
  static StubHost start(int number, Haproxy.HostPorts ports) throws IOException {
    return new StubHost(number, ports);
  }

  private HttpServer server(int port, HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(Haproxy.address(number), port), 256);
    server.createContext("/", handler);
    server.setExecutor(executor);
    server.start();
    return server;
  }

  private void serve(HttpExchange exchange) throws IOException {
    seen.add(
        new Seen(
            exchange.getRequestMethod(),
            header(exchange, "X-Tag"),
            header(exchange, "X-Request-Criticality"),
            !header(exchange, "X-Snowshed-Drill").isEmpty()));
    exchange.getRequestBody().readAllBytes();
    behaviour.handle(exchange);
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  /** Answers with a status and the host's number. */
  void answer(HttpExchange exchange, int status) throws IOException {
    byte[] body = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void answerAgents() {
    while (!agent.isClosed()) {
      try {
        Socket socket = agent.accept();
        executor.execute(() -> answerAgent(socket));
      } catch (IOException e) {
        // Closed, or the asker went away.
      }
    }
  }

  private void answerAgent(Socket socket) {
    try (socket) {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      asked.add(readLine(socket));
      switch (manner) {
        case ANSWERS ->
            socket.getOutputStream().write((agentAnswer + '\n').getBytes(StandardCharsets.UTF_8));
        case HANGS -> readLine(socket);
        case CLOSES -> {}
      }
    } catch (IOException e) {
      // The asker went away.
    }
  }

  private static String readLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = socket.getInputStream().read();
        next >= 0 && next != '\n';
        next = socket.getInputStream().read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  /** What it does with requests from now on. */
  void behave(HttpHandler next) {
    behaviour = next;
  }

  /** What its agent says from now on. */
  void say(String answer) {
    agentAnswer = answer;
    manner = Manner.ANSWERS;
  }

  /** How its agent treats those that ask, from now on. */
  void treat(Manner next) {
    manner = next;
  }

  /** Stops to listen for those that ask the agent; the rest goes on. */
  void closeAgent() throws IOException {
    agent.close();
  }

  void ready(boolean now) {
    ready = now;
  }

  /** Stops to listen for functions; the rest goes on. */
  void closeFunctions() {
    functions.stop(0);
  }

  /** All requests that have arrived. */
  List<Seen> seen() {
    return seen;
  }

  /** What its agent was sent. */
  List<String> asked() {
    return asked;
  }

  @Override
  public void close() throws IOException {
    functions.stop(0);
    management.stop(0);
    agent.close();
    executor.shutdownNow();
  }
}
