package dev.snowshed.haproxy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;

/** Sends requests at an even rate until it is closed, however late the answers are. */
final class Callers implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client;
  private final HttpRequest request;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Phaser outstanding = new Phaser(1);
  private final Thread thread = Thread.ofPlatform().daemon().name("callers").unstarted(this::run);
  private volatile boolean closed;

  /**
   * A request and what became of it.
   *
   * @param sentNanos when it was sent, by {@link System#nanoTime}
   * @param end {@code 200}, another status with the answer, or the error
   */
  record Call(long sentNanos, String end) {

    /** A refusal is an answer: the work was not begun, and its caller knows. */
    boolean isLost() {
      return !end.equals("200") && !end.contains("\"reason\":\"overloaded\"");
    }
  }

  Callers(HttpClient client, URI function) {
    this(client, request(function).build());
  }

  private Callers(HttpClient client, HttpRequest request) {
    this.client = client;
    this.request = request;
    thread.start();
  }

  /** Those that leave no time, and so are refused. */
  static Callers withoutTime(HttpClient client, URI function) {
    return new Callers(client, request(function).header("X-Request-Timeout", "0").build());
  }

  private static HttpRequest.Builder request(URI function) {
    return HttpRequest.newBuilder(function)
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"name\": \"Ada\"}"));
  }

  private void run() {
    try {
      while (!closed) {
        send();
        Thread.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send() {
    long sentNanos = System.nanoTime();
    outstanding.register();
    CompletableFuture<Integer> _ =
        client
            .sendAsync(request, BodyHandlers.ofString())
            .handle(
                (answer, error) -> {
                  calls.add(
                      new Call(sentNanos, answer == null ? String.valueOf(error) : end(answer)));
                  return outstanding.arriveAndDeregister();
                });
  }

  private static String end(HttpResponse<String> answer) {
    return answer.statusCode() == 200 ? "200" : answer.statusCode() + " " + answer.body();
  }

  /** Stops to send, waits for what is outstanding, and tells of all. */
  List<Call> finish() throws InterruptedException {
    closed = true;
    thread.join();
    outstanding.arriveAndAwaitAdvance();
    return List.copyOf(calls);
  }

  @Override
  public void close() {
    closed = true;
  }
}
