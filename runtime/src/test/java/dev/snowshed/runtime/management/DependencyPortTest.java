package dev.snowshed.runtime.management;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.runtime.testing.TestFunctions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestFunctions.class)
class DependencyPortTest {
  private static final String PATH = "/snowshed/dependencies";
  private static final String SHELF =
      "functions.find { it.name == 'leaning' }.dependencies.find { it.name == 'shelf' }.";

  private static RequestSpecification management() {
    return given().port(9001);
  }

  @BeforeEach
  void lean() {
    given()
        .contentType("text/plain")
        .body("well")
        .post("/functions/leaning")
        .then()
        .statusCode(200);
  }

  @Test
  void tellsOfDependencies() {
    given()
        .contentType("text/plain")
        .body("fail")
        .post("/functions/leaning")
        .then()
        .statusCode(500);
    management()
        .get(PATH)
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Vary", equalTo("accept"))
        .body("functions.name", hasItem("leaning"))
        .body(SHELF + "declared", is("weak"))
        .body(SHELF + "verdict", is("unknown"))
        .body(SHELF + "failures", not(0))
        .body(SHELF + "breaker", is("closed"))
        .body("declaredWeakBehavesStrong", is(List.of()));
  }

  @Test
  void drawsThemOnRequest() {
    management()
        .accept("text/vnd.graphviz")
        .get(PATH)
        .then()
        .statusCode(200)
        .contentType(startsWith("text/vnd.graphviz"))
        .body(containsString("\"function leaning\" -> \"dependency shelf\""));
    management()
        .accept("text/vnd.mermaid, application/json;q=0.5")
        .get(PATH)
        .then()
        .contentType(startsWith("text/vnd.mermaid"))
        .body(startsWith("flowchart LR"));
    management().accept("text/html, */*;q=0.1").get(PATH).then().contentType("application/json");
    management()
        .accept("image/png")
        .get(PATH)
        .then()
        .statusCode(406)
        .body("detail", containsString("text/vnd.mermaid"));
  }

  @Test
  void handsEvidenceOn() {
    String evidence =
        management().get(PATH + "/evidence").then().statusCode(200).extract().asString();
    management()
        .contentType("application/json")
        .body(evidence)
        .post(PATH + "/evidence")
        .then()
        .statusCode(200)
        .body("merged", hasItem("leaning"));
    String elsewhere = evidence.replace("\"name\":\"leaning\"", "\"name\":\"nobody\"");
    management()
        .contentType("application/json")
        .body(elsewhere)
        .post(PATH + "/evidence")
        .then()
        .body("notOnThisHost", hasItem("nobody"));
  }

  @Test
  void takesInNothingOfWhatIsWrong() {
    String evidence = management().get(PATH + "/evidence").asString();
    management()
        .contentType("application/json")
        .body(evidence.replace("\"sequence\":", "\"sequence\":-"))
        .post(PATH + "/evidence")
        .then()
        .statusCode(400)
        .body("reason", is("bad-evidence"))
        .body("detail", containsString("/sequence must be a whole number"))
        .body("detail", containsString("Nothing was taken in."));
    management()
        .header("Origin", "http://elsewhere.example")
        .body(evidence)
        .post(PATH + "/evidence")
        .then()
        .statusCode(403);
  }

  /** White space behind the evidence, as much as is needed. */
  private static Response importOf(int bytes) {
    String evidence = management().get(PATH + "/evidence").asString();
    return management()
        .contentType("application/json")
        .body(evidence + " ".repeat(bytes - evidence.length()))
        .post(PATH + "/evidence");
  }

  @Test
  void takesInAsMuchAsIsSaid() {
    importOf(64 << 20).then().statusCode(200).body("merged", hasItem("leaning"));
    importOf((64 << 20) + 1).then().statusCode(413).body("reason", is("body-too-large"));
  }

  private static String statusLine(String path, String... headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), 9001)) {
      socket.setSoTimeout(10_000);
      String head =
          "POST "
              + path
              + " HTTP/1.1\r\nHost: localhost:9001\r\n"
              + String.join("\r\n", headers)
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PATH + "/evidence", "/snowshed/drills", "/snowshed/drain"})
  void refusesBeforeTheBodyIsSent(String path) throws IOException {
    assertEquals(
        "HTTP/1.1 403 Forbidden",
        statusLine(path, "Origin: http://elsewhere.example", "Content-Length: 10"));
  }

  @ParameterizedTest
  @ValueSource(strings = {PATH + "/evidence", "/snowshed/drills"})
  void asksForTheBodyOfThoseWhoWaitForThat(String path) throws IOException {
    assertEquals(
        "HTTP/1.1 100 Continue", statusLine(path, "Expect: 100-continue", "Content-Length: 10"));
    assertEquals(
        "HTTP/1.1 413 Request Entity Too Large",
        statusLine(path, "Expect: 100-continue", "Content-Length: 67108865"));
  }

  @Test
  void servesTheConsole() {
    management()
        .redirects()
        .follow(false)
        .get("/snowshed/console")
        .then()
        .statusCode(302)
        .header("Location", "console/dependencies");
    String tag =
        management()
            .get("/snowshed/console/dependencies")
            .then()
            .statusCode(200)
            .contentType("text/html;charset=utf-8")
            .header("Content-Security-Policy", startsWith("default-src 'none'; script-src 'self';"))
            .header("X-Content-Type-Options", "nosniff")
            .extract()
            .header("ETag");
    management()
        .header("If-None-Match", tag)
        .get("/snowshed/console/dependencies")
        .then()
        .statusCode(304);
    management()
        .get("/snowshed/console/cytoscape.esm.min.mjs")
        .then()
        .statusCode(200)
        .contentType("text/javascript;charset=utf-8");
    management()
        .get("/snowshed/console/nothing")
        .then()
        .statusCode(404)
        .body("reason", is("no-such-page"));
    given().get("/webjars/cytoscape/index.d.ts").then().statusCode(404);
    String metrics = management().get("/metrics").asString();
    assertTrue(!metrics.contains("nobody"), "no label from a request");
  }
}
