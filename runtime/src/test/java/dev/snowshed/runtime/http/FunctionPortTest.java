package dev.snowshed.runtime.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasLength;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.runtime.testing.Poll;
import dev.snowshed.runtime.testing.TestFunctions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestFunctions.class)
class FunctionPortTest {
  private static final String ORDER =
      "{\"customer\":\"Ada\",\"items\":[{\"sku\":\"a\",\"quantity\":2},{\"sku\":\"b\",\"quantity\":3}]}";

  @TestHTTPResource("/functions/")
  URI functions;

  @Inject AdmissionController gate;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void answersJsonWithJson() {
    for (String name : new String[] {"total", "total-nonblocking", "total-platform"}) {
      given()
          .contentType(ContentType.JSON)
          .body(ORDER)
          .post("/functions/" + name)
          .then()
          .statusCode(200)
          .contentType("application/json")
          .body("customer", is("Ada"))
          .body("pieces", is(5));
    }
  }

  @Test
  void bindsGenericInputs() {
    given()
        .contentType("application/vnd.shop+json")
        .body("[{\"sku\":\"a\",\"quantity\":2}]")
        .put("/functions/skus")
        .then()
        .statusCode(200)
        .body("$", contains("a"));
  }

  @Test
  void answersTextBytesAndNothing() {
    given()
        .contentType("text/plain; charset=ISO-8859-1")
        .body("grün".getBytes(StandardCharsets.ISO_8859_1))
        .post("/functions/upper")
        .then()
        .statusCode(200)
        .contentType(equalTo("text/plain;charset=utf-8"))
        .body(equalTo("GRÜN"));
    given()
        .contentType("image/png")
        .body(new byte[] {1, 2, 3})
        .post("/functions/reverse")
        .then()
        .contentType("application/octet-stream")
        .statusCode(200);
    given().get("/functions/nothing").then().statusCode(204).body(emptyString());
    given().get("/functions/null-json").then().statusCode(200).body(equalTo("null"));
    given()
        .contentType("text/markdown")
        .body("x")
        .post("/functions/html")
        .then()
        .contentType(equalTo("text/html;charset=utf-8"))
        .body(equalTo("<p>x</p>"));
  }

  @Test
  void givesARawFunctionTheWholeRequest() {
    given()
        .urlEncodingEnabled(false)
        .body("12345")
        .patch("/functions/raw/below/it%20is?q=a+b")
        .then()
        .statusCode(201)
        .header("X-Path", "/below/it is")
        .header("X-Query", "a b")
        .body(equalTo("PATCH 5"));
  }

  @Test
  void streamsBothWays() throws Exception {
    byte[] body = new byte[200_000];
    new Random(1).nextBytes(body);
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(functions.resolve("copy"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertEquals(200, response.statusCode());
    assertTrue(Arrays.equals(body, response.body()));
    given()
        .get("/functions/lines?count=2")
        .then()
        .statusCode(200)
        .body(equalTo("line 0\nline 1\n"));
  }

  @Test
  void streamsForAFunctionOfTheEventLoopOnAThreadOfItsOwn() {
    String lines = given().get("/functions/lines-nonblocking?count=200000").asString();
    assertTrue(lines.endsWith("line 199999\n"));
    waitUntilIdle();
  }

  @Test
  void cutsAStreamThatFailsMidway() {
    assertThrows(
        IOException.class,
        () ->
            client.send(
                HttpRequest.newBuilder(functions.resolve("broken-stream")).build(),
                HttpResponse.BodyHandlers.ofByteArray()));
    waitUntilIdle();
  }

  @Test
  void runsOnVirtualThreads() {
    given().get("/functions/thread").then().body(startsWith("virtual"));
  }

  @Test
  void answersAStageFromTheEventLoop() {
    given().get("/functions/later").then().statusCode(200).body(equalTo("later"));
    given().get("/functions/later-fails").then().statusCode(500);
  }

  @Test
  void keepsTheHeadersOfTheConnectionToItself() {
    given().get("/functions/smuggle").then().statusCode(500).header("X-Evil", nullValue());
    given()
        .get("/functions/wrong-length")
        .then()
        .statusCode(200)
        .header("content-length", "1")
        .header("connection", nullValue());
  }

  @Test
  void servesWhatIsLinkedIntoIt() {
    given().get("/functions/linked").then().statusCode(200).body(equalTo("linked"));
  }

  @Test
  void knowsNoOtherNamesOrPaths() {
    given()
        .get("/functions/nobody")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("reason", is("no-such-function"))
        .body("status", is(404))
        .body("requestId", hasLength(32));
    given()
        .get("/elsewhere")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("reason", is("not-found"));
    given().post("/").then().statusCode(405).body("reason", is("method-not-allowed"));
  }

  @Test
  void listsItsFunctionsWhereNoneAnswers() {
    given()
        .get("/")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("functions.find { it.name == 'total' }.path", is("/functions/total"));
  }

  @Test
  void checksTheMethod() {
    given()
        .get("/functions/total")
        .then()
        .statusCode(405)
        .header("Allow", "POST, PUT, OPTIONS")
        .body("reason", is("method-not-allowed"));
    given()
        .options("/functions/nothing")
        .then()
        .statusCode(204)
        .header("Allow", "GET, POST, HEAD, OPTIONS");
    given().delete("/functions/raw").then().statusCode(201);
  }

  @Test
  void answersHeadLikeGetWithoutABody() {
    given()
        .head("/functions/thread")
        .then()
        .statusCode(200)
        .header("content-length", not(nullValue()))
        .body(emptyString());
    given().head("/functions/lines").then().statusCode(200).body(emptyString());
  }

  @Test
  void checksMediaTypes() throws Exception {
    given()
        .contentType("text/csv")
        .body("a,b")
        .post("/functions/total")
        .then()
        .statusCode(415)
        .body("reason", is("unsupported-media-type"))
        .body("detail", containsString("application/json"));
    given()
        .contentType(ContentType.JSON)
        .accept("text/html;q=0.5, image/*")
        .body(ORDER)
        .post("/functions/total")
        .then()
        .statusCode(406)
        .body("reason", is("not-acceptable"));
    HttpResponse<String> unknown =
        client.send(
            HttpRequest.newBuilder(functions.resolve("upper"))
                .header("Content-Type", "text/plain;charset=klingon")
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(415, unknown.statusCode());
  }

  @Test
  void tellsWhereInputDoesNotBind() {
    given()
        .contentType(ContentType.JSON)
        .body("{\"customer\":\"Ada\",\"items\":[{\"sku\":\"a\",\"quantity\":\"many\"}]}")
        .post("/functions/total")
        .then()
        .statusCode(400)
        .body("reason", is("bad-input"))
        .body("pointer", is("/items/0/quantity"))
        .body("detail", containsString("line 1, column"));
    given()
        .contentType(ContentType.JSON)
        .body("{\"customer\":")
        .post("/functions/total")
        .then()
        .statusCode(400)
        .body("reason", is("bad-input"));
    given().contentType(ContentType.JSON).post("/functions/total").then().statusCode(400);
  }

  @Test
  void refusesABodyThatIsAnnouncedTooLarge() {
    given()
        .contentType(ContentType.JSON)
        .body("x".repeat(2000))
        .post("/functions/total")
        .then()
        .statusCode(413)
        .body("reason", is("body-too-large"))
        .body("detail", allOf(containsString("1024 bytes"), containsString("2000")));
  }

  @Test
  void refusesABodyThatTurnsOutTooLarge() throws Exception {
    for (String name : new String[] {"total", "raw"}) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(functions.resolve(name))
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofInputStream(() -> new RepeatingStream(9L << 20)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(413, response.statusCode(), name);
    }
    waitUntilIdle();
  }

  @Test
  void cutsAStreamToACallerThatDoesNotReadAtItsDeadline() throws Exception {
    try (Socket socket = new Socket(functions.getHost(), functions.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /functions/lines?count=10000000 HTTP/1.1\r\nHost: x\r\nX-Request-Timeout: 300\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      Poll.until("admitted", () -> gate.inflight() == 1);
      waitUntilIdle();
    }
  }

  @Test
  void hidesWhyAFunctionFailed() {
    given()
        .get("/functions/fails")
        .then()
        .statusCode(500)
        .body("reason", is("function-failed"))
        .body(not(containsString("secret detail")));
    given()
        .get("/functions/problem")
        .then()
        .statusCode(409)
        .body("reason", is("function-problem"))
        .body("detail", is("already there"));
  }

  @Test
  void endsACallAtItsDeadlineAndInterruptsIt() {
    given().get("/functions/slow").then().statusCode(504).body("reason", is("deadline-exceeded"));
    Poll.until(
        "interrupted", () -> given().get("/functions/was-interrupted").asString().equals("true"));
    waitUntilIdle();
  }

  @Test
  void letsACallerShortenButNotLengthenTheDeadline() {
    for (String[] header :
        new String[][] {
          {"grpc-timeout", "2S"},
          {"x-envoy-expected-rq-timeout-ms", "2000"},
          {"X-Request-Timeout", "2000"}
        }) {
      given()
          .header(header[0], header[1])
          .get("/functions/context")
          .then()
          .statusCode(200)
          .body("remaining.toInteger()", allOf(greaterThan(0), lessThanOrEqualTo(2000)));
    }
    given()
        .header("X-Request-Timeout", "3000")
        .header("grpc-timeout", "1500m")
        .get("/functions/context")
        .then()
        .body("remaining.toInteger()", lessThanOrEqualTo(1500));
    given()
        .header("X-Request-Timeout", "60000")
        .get("/functions/context")
        .then()
        .body("remaining.toInteger()", lessThanOrEqualTo(10000));
    given()
        .header("X-Request-Timeout", "soon")
        .get("/functions/context")
        .then()
        .statusCode(400)
        .body("reason", is("bad-header"));
    given().header("grpc-timeout", "5").get("/functions/context").then().statusCode(400);
    given().header("X-Request-Timeout", "0").get("/functions/slow").then().statusCode(504);
  }

  @Test
  void keepsThePermitOfACallThatIgnoresItsInterrupt() {
    waitUntilIdle();
    given().get("/functions/stubborn").then().statusCode(504);
    Poll.until("stuck", () -> metric("snowshed_function_stuck{function=\"stubborn\"} 1.0"));
    assertEquals(1, gate.inflight());
    System.setProperty(TestFunctions.RELEASE, "yes");
    waitUntilIdle();
    Poll.until("free", () -> metric("snowshed_function_stuck{function=\"stubborn\"} 0.0"));
    assertEquals(0, gate.inflight());
    System.clearProperty(TestFunctions.RELEASE);
  }

  @Test
  void freesTheCallOfACallerThatGoesAway() throws Exception {
    waitUntilIdle();
    try (Socket socket = new Socket(functions.getHost(), functions.getPort())) {
      socket
          .getOutputStream()
          .write(
              "POST /functions/copy HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      Poll.until("admitted", () -> gate.inflight() == 1);
    }
    waitUntilIdle();
  }

  @Test
  void asksForTheBodyOnlyOnceTheHeadIsAccepted() throws Exception {
    try (Socket socket = new Socket(functions.getHost(), functions.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /functions/total HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                      + "Expect: 100-continue\r\nContent-Length: "
                      + ORDER.length()
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      assertTrue(readLine(socket.getInputStream()).contains("100 Continue"));
    }
    try (Socket socket = new Socket(functions.getHost(), functions.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /functions/nobody HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                      + "Content-Length: 5\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      assertTrue(readLine(socket.getInputStream()).contains("404"));
    }
  }

  @Test
  void carriesIdTraceCriticalityAndTenant() {
    given()
        .header("X-Request-Id", "abc-1")
        .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        .header("tracestate", "v=1")
        .header("X-Request-Criticality", "sheddable-plus")
        .header("X-Tenant-Id", "acme")
        .get("/functions/context")
        .then()
        .header("X-Request-Id", "abc-1")
        .body("requestId", is("abc-1"))
        .body("'X-Request-Id'", is("abc-1"))
        .body("traceparent", matchesPattern("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01"))
        .body("traceparent", not(containsString("00f067aa0ba902b7")))
        .body("tracestate", is("v=1"))
        .body("criticality", is("sheddable-plus"))
        .body("tenant", is("acme"))
        .body("config", is("hello"))
        .body("secret", is("s3cret"))
        .body("loader", is("function:tests.jar"));
    given()
        .header("X-Request-Id", "no spaces allowed")
        .get("/functions/context")
        .then()
        .header("X-Request-Id", hasLength(32))
        .body("criticality", is("critical"))
        .body("tenant", is("none"));
    given()
        .header("X-Request-Criticality", "urgent")
        .get("/functions/context")
        .then()
        .statusCode(400)
        .body("detail", containsString("sheddable"));
  }

  @Test
  void takesCloudEventsInBothModes() {
    given()
        .header("ce-specversion", "1.0")
        .header("ce-id", "1")
        .header("ce-source", "/shop")
        .header("ce-type", "order.placed")
        .contentType(ContentType.JSON)
        .body("{\"n\":1}")
        .post("/functions/echo-event")
        .then()
        .statusCode(200)
        .header("ce-type", "order.placed")
        .contentType("application/json")
        .body("n", is(1));
    given()
        .contentType("application/cloudevents+json")
        .accept("application/cloudevents+json")
        .body(
            "{\"specversion\":\"1.0\",\"id\":\"2\",\"source\":\"/shop\",\"type\":\"t\",\"data\":{\"n\":2}}")
        .post("/functions/echo-event")
        .then()
        .statusCode(200)
        .contentType("application/cloudevents+json")
        .body("id", is("2"))
        .body("data.n", is(2));
    given()
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/functions/echo-event")
        .then()
        .statusCode(400)
        .body("reason", is("bad-input"))
        .body("detail", containsString("ce-specversion"));
    given()
        .contentType("application/cloudevents-batch+json")
        .body("[]")
        .post("/functions/echo-event")
        .then()
        .statusCode(415);
  }

  @Test
  void compressesWhenAskedTo() throws Exception {
    HttpResponse<byte[]> plain = get("big", "identity");
    HttpResponse<byte[]> zipped = get("big", "gzip");
    assertEquals(100_000, plain.body().length);
    assertEquals("gzip", zipped.headers().firstValue("content-encoding").orElse("none"));
    assertTrue(zipped.body().length < 5000, "length " + zipped.body().length);
    HttpResponse<byte[]> small = get("thread", "gzip");
    assertTrue(small.headers().firstValue("content-encoding").isEmpty());
  }

  @Test
  void speaksHttp2InCleartext() throws Exception {
    try (HttpClient http2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      HttpResponse<String> response =
          http2.send(
              HttpRequest.newBuilder(functions.resolve("total"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(ORDER))
                  .timeout(Duration.ofSeconds(20))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(HttpClient.Version.HTTP_2, response.version());
      assertEquals("{\"customer\":\"Ada\",\"pieces\":5}", response.body());
      HttpResponse<String> lines =
          http2.send(
              HttpRequest.newBuilder(functions.resolve("lines?count=5000")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertTrue(lines.body().endsWith("line 4999\n"));
    }
  }

  private HttpResponse<byte[]> get(String function, String encoding) throws Exception {
    return client.send(
        HttpRequest.newBuilder(functions.resolve(function))
            .header("Accept-Encoding", encoding)
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private void waitUntilIdle() {
    Poll.until("idle", () -> gate.inflight() == 0);
  }

  private static boolean metric(String line) {
    return given().port(9001).get("/metrics").asString().contains(line);
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  /** So many blanks. */
  private static final class RepeatingStream extends InputStream {
    private long left;

    RepeatingStream(long length) {
      this.left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? ' ' : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      Arrays.fill(target, offset, offset + count, (byte) ' ');
      left -= count;
      return count;
    }
  }
}
