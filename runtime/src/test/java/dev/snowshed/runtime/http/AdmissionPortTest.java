package dev.snowshed.runtime.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.runtime.testing.Poll;
import dev.snowshed.runtime.testing.TightHost;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to requests while all places of the host are taken. */
@QuarkusTest
@TestProfile(TightHost.class)
class AdmissionPortTest {
  private static final Pattern UTILIZATION =
      Pattern.compile(
          "TEXT application_utilization=([0-9.]+),rps_fractional=([0-9.]+),eps=([0-9.]+)");

  @TestHTTPResource("/functions/")
  URI functions;

  @Inject AdmissionController controller;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final List<CompletableFuture<HttpResponse<String>>> kept = new ArrayList<>();

  @AfterEach
  void empty() {
    Poll.until(
        "idle",
        () -> {
          if (controller.inflight() > 0) {
            TightHost.exits().release();
          }
          return controller.inflight() == 0 && controller.waiting() == 0;
        });
    TightHost.exits().drainPermits();
    kept.forEach(CompletableFuture::join);
  }

  @Test
  void letsARequestInThatHasWaited() {
    for (String name : new String[] {"quick-0", "quick-1", "quick-2"}) {
      takeAllPlaces();
      CompletableFuture<HttpResponse<String>> waiting = send(name);
      awaitWaiting(1);
      TightHost.exits().release();
      assertEquals("quick", waiting.join().body());
      Poll.until("place free", () -> controller.inflight() == TightHost.PLACES - 1);
      TightHost.exits().release(TightHost.PLACES - 1);
      Poll.until("all free", () -> controller.inflight() == 0);
    }
    assertTrue(
        metrics().contains("snowshed_function_queue_wait_seconds_count{function=\"quick-0\","));
  }

  @Test
  void readsTheBodyOfARequestThatHasWaitedOnlyThen() {
    takeAllPlaces();
    CompletableFuture<HttpResponse<String>> waiting =
        client.sendAsync(
            HttpRequest.newBuilder(functions.resolve("echo"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("x".repeat(900)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    awaitWaiting(1);
    TightHost.exits().release();
    assertEquals(900, waiting.join().body().length());
  }

  @Test
  void takesACallerThatGoesAwayOffTheQueue() throws Exception {
    takeAllPlaces();
    try (Socket socket = new Socket(functions.getHost(), functions.getPort())) {
      socket.getOutputStream().write(ascii("GET /functions/quick-3 HTTP/1.1\r\nHost: x\r\n\r\n"));
      awaitWaiting(1);
    }
    awaitWaiting(0);
    assertEquals(TightHost.PLACES, controller.inflight());
  }

  @Test
  void answersARequestAtItsDeadlineWhileItWaits() {
    takeAllPlaces();
    given()
        .header("X-Request-Timeout", "150")
        .get("/functions/quick-4")
        .then()
        .statusCode(504)
        .body("reason", is("deadline-exceeded"));
    awaitWaiting(0);
    assertEquals(TightHost.PLACES, controller.inflight());
  }

  @Test
  void refusesWhatTheQueueHasNoRoomForWithoutReadingItsBody() throws Exception {
    takeAllPlaces();
    fillQueue("quick-5", "X-Request-Criticality", "critical");
    given()
        .get("/functions/quick-5")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .body("reason", is("overloaded"))
        .body("status", is(503))
        .header("X-Request-Id", org.hamcrest.Matchers.hasLength(32));
    try (Socket socket = new Socket(functions.getHost(), functions.getPort())) {
      socket
          .getOutputStream()
          .write(
              ascii(
                  "POST /functions/echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                      + "X-Request-Criticality: sheddable\r\n"
                      + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n"));
      byte[] start = socket.getInputStream().readNBytes(12);
      assertEquals("HTTP/1.1 503", new String(start, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void spreadsRetryAfterInWholeSeconds() {
    takeAllPlaces();
    fillQueue("quick-6", "X-Request-Criticality", "critical");
    for (int i = 0; i < 20; i++) {
      int seconds = Integer.parseInt(given().get("/functions/quick-6").getHeader("Retry-After"));
      assertTrue(seconds >= 1 && seconds <= 60, "Retry-After: " + seconds);
    }
  }

  @Test
  void givesThePlaceOfALessCriticalRequestToAMoreCriticalOne() {
    takeAllPlaces();
    List<CompletableFuture<HttpResponse<String>>> lesser =
        fillQueue("quick-7", "X-Request-Criticality", "sheddable");
    CompletableFuture<HttpResponse<String>> critical =
        send("quick-7", "X-Request-Criticality", "critical-plus");
    HttpResponse<?> displaced =
        (HttpResponse<?>) CompletableFuture.anyOf(lesser.toArray(CompletableFuture[]::new)).join();
    assertEquals(503, displaced.statusCode());
    assertTrue(displaced.body().toString().contains("\"reason\":\"overloaded\""));
    assertFalse(critical.isDone());
    TightHost.exits().release();
    assertEquals(200, critical.join().statusCode());
    assertTrue(
        metrics()
            .contains(
                "snowshed_function_rejections_total{criticality=\"sheddable\",function=\"quick-7\","
                    + "reason=\"displaced\"}"));
    given()
        .port(9001)
        .get("/snowshed/limits")
        .then()
        .body(
            "functions.find { it.function == 'quick-7' }.rejections.displaced.sheddable",
            org.hamcrest.Matchers.greaterThanOrEqualTo(1));
  }

  @Test
  void answersATenantOverItsShareWith429() {
    takeAllPlaces();
    for (int i = 1; i < TightHost.QUEUE; i++) {
      kept.add(send("quick-8", "X-Tenant-Id", "greedy"));
    }
    kept.add(send("quick-8", "X-Tenant-Id", "modest"));
    awaitWaiting(TightHost.QUEUE);
    given()
        .header("X-Tenant-Id", "greedy")
        .get("/functions/quick-8")
        .then()
        .statusCode(429)
        .body("reason", is("tenant-over-share"))
        .header("Retry-After", org.hamcrest.Matchers.matchesPattern("[1-9][0-9]?"));
  }

  @Test
  void refusesRetriesBeyondTheirShareWhileItSheds() throws Exception {
    AtomicBoolean found = new AtomicBoolean();
    List<Thread> callers =
        IntStream.range(0, 2 * (TightHost.PLACES + TightHost.QUEUE))
            .mapToObj(_ -> Thread.startVirtualThread(() -> retryUntil(found)))
            .toList();
    try {
      Poll.until("a retry refused", found::get);
    } finally {
      found.set(true);
      for (Thread caller : callers) {
        caller.join();
      }
    }
  }

  private void retryUntil(AtomicBoolean found) {
    while (!found.get()) {
      if (send("nap", "X-Envoy-Attempt-Count", "2")
          .join()
          .body()
          .contains("\"reason\":\"retry-budget\"")) {
        found.set(true);
      }
    }
  }

  @Test
  void refusesMalformedAttempts() {
    given().header("X-Request-Attempt", "1").get("/functions/quick-10").then().statusCode(200);
    given()
        .header("grpc-previous-rpc-attempts", "x")
        .get("/functions/quick-10")
        .then()
        .statusCode(200);
    for (String malformed : new String[] {"0", "two", "-1", "123456789"}) {
      given()
          .header("X-Request-Attempt", malformed)
          .get("/functions/quick-10")
          .then()
          .statusCode(400)
          .body("reason", is("bad-header"));
    }
  }

  @Test
  void boundsTheBodiesInFlight() {
    String body = "x".repeat(TightHost.BODY_BYTES * 6 / 10);
    kept.add(
        client.sendAsync(
            HttpRequest.newBuilder(functions.resolve("keep-body"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString()));
    Poll.until("body in flight", () -> controller.state(System.nanoTime()).bodyBytes() > 0);
    given()
        .contentType("text/plain")
        .body(body)
        .post("/functions/echo")
        .then()
        .statusCode(503)
        .body("reason", is("memory"));
    given().contentType("text/plain").body("x").post("/functions/echo").then().body(equalTo("x"));
  }

  @Test
  void boundsTheBodiesInFlightThatNobodyAnnounced() throws Exception {
    String chunk = Integer.toHexString(TightHost.BODY_BYTES / 2) + "\r\n";
    byte[] half = ascii(chunk + "x".repeat(TightHost.BODY_BYTES / 2) + "\r\n");
    try (Socket socket = new Socket(functions.getHost(), functions.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ascii(
              "POST /functions/echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n"));
      out.write(half);
      Poll.until(
          "half of what there is",
          () -> controller.state(System.nanoTime()).bodyBytes() == TightHost.BODY_BYTES / 2);
      out.write(half);
      out.write(half);
      assertEquals(
          "HTTP/1.1 503",
          new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
    }
    Poll.until("nothing held", () -> controller.state(System.nanoTime()).bodyBytes() == 0);
    given().contentType("text/plain").body("x").post("/functions/echo").then().body(equalTo("x"));
  }

  @Test
  void letsRequestsInWhileOthersSendTheirBodiesSlowly() throws Exception {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < TightHost.PLACES - 1; i++) {
      Socket socket = new Socket(functions.getHost(), functions.getPort());
      slow.add(socket);
      socket
          .getOutputStream()
          .write(
              ascii(
                  "POST /functions/echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                      + "Content-Length: 5\r\n\r\nab"));
    }
    Poll.until("slow bodies", () -> controller.inflight() == slow.size());
    Poll.until(
        "none counts as ready to run", () -> controller.state(System.nanoTime()).starting() == 0);
    given().get("/functions/quick-11").then().statusCode(200);
    for (Socket socket : slow) {
      socket.getOutputStream().write(ascii("cde"));
      assertEquals(
          "HTTP/1.1 200",
          new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
      socket.close();
    }
  }

  @Test
  void tellsHowBusyItIsAndNeverLessThanFullWhenItRefuses() {
    float weight = given().port(9001).get("/snowshed/lifecycle").path("weight");
    String idle = given().get("/functions/quick-12").getHeader("endpoint-load-metrics");
    Matcher report = UTILIZATION.matcher(idle);
    assertTrue(report.matches(), idle);
    double utilization = Double.parseDouble(report.group(1));
    assertTrue(utilization > 0 && utilization * weight <= 1, idle + ", weight " + weight);
    assertTrue(Double.parseDouble(report.group(2)) > 0, idle);
    takeAllPlaces();
    fillQueue("quick-12", "X-Request-Criticality", "critical");
    String full = given().get("/functions/quick-12").getHeader("endpoint-load-metrics");
    report = UTILIZATION.matcher(full);
    assertTrue(report.matches(), full);
    assertTrue(Double.parseDouble(report.group(1)) >= 1, full);
    assertEquals(
        null, given().get("/functions/nobody").getHeader("endpoint-load-metrics"), "no function");
  }

  @Test
  void showsWhatItKnows() {
    takeAllPlaces();
    kept.add(send("quick-13"));
    awaitWaiting(1);
    given()
        .port(9001)
        .get("/snowshed/limits")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("mode", is("adaptive"))
        .body("draining", is(false))
        .body("limit", is(TightHost.PLACES))
        .body("inflight", is(TightHost.PLACES))
        .body("waiting", is(1))
        .body("machine.processors", org.hamcrest.Matchers.greaterThan(0f))
        .body("functions.find { it.function == 'keep' }.inflight", is(TightHost.PLACES))
        .body("functions.find { it.function == 'quick-13' }.waiting", is(1))
        .body(
            "functions.find { it.function == 'quick-13' }.decision.reason",
            org.hamcrest.Matchers.matchesPattern("[a-z-]+"));
    String metrics = metrics();
    assertTrue(metrics.contains("snowshed_function_limit{function=\"keep\"} 4.0"), metrics);
    assertTrue(metrics.contains("snowshed_admission_waiting 1.0"), metrics);
    assertTrue(metrics.contains("snowshed_host_processors"), metrics);
  }

  private void takeAllPlaces() {
    for (int i = 0; i < TightHost.PLACES; i++) {
      kept.add(send("keep"));
    }
    Poll.until("all places taken", () -> controller.inflight() == TightHost.PLACES);
  }

  private List<CompletableFuture<HttpResponse<String>>> fillQueue(
      String function, String header, String value) {
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int i = 0; i < TightHost.QUEUE; i++) {
      waiting.add(send(function, header, value));
    }
    kept.addAll(waiting);
    awaitWaiting(TightHost.QUEUE);
    return waiting;
  }

  private void awaitWaiting(int count) {
    Poll.until(count + " waiting", () -> controller.waiting() == count);
  }

  private CompletableFuture<HttpResponse<String>> send(String function, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(functions.resolve(function));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String metrics() {
    return given().port(9001).get("/metrics").asString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
