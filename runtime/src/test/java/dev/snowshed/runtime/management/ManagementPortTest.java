package dev.snowshed.runtime.management;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasLength;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.snowshed.runtime.metrics.HostMeter;
import dev.snowshed.runtime.testing.FunctionJar;
import dev.snowshed.runtime.testing.Poll;
import dev.snowshed.runtime.testing.TestFunctions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestFunctions.class)
class ManagementPortTest {
  /** A collection of a small heap's young part is then some thousand probes away. */
  private static final long MOST_BYTES_PER_PROBE = 64 * 1024;

  private static RequestSpecification management() {
    return given().port(9001);
  }

  @Test
  void answersProbesUnderBothNames() {
    for (String path :
        new String[] {
          "/health",
          "/health/live",
          "/health/ready",
          "/health/started",
          "/health/liveness",
          "/health/readiness"
        }) {
      management().get(path).then().statusCode(200).body("status", is("UP"));
    }
    given().get("/health").then().statusCode(404);
  }

  /** Bytes allocated by the server's threads since they began. */
  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(Objects::nonNull)
        .filter(thread -> thread.getThreadName().matches("(vert\\.x|executor|snowshed).*"))
        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getThreadId()))
        .sum();
  }

  @Test
  void answersProbesWithLittleGarbage() throws Exception {
    int probes = 500;
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : new String[] {"/health/ready", "/health/live"}) {
        HttpRequest probe =
            HttpRequest.newBuilder(URI.create("http://localhost:9001" + path)).build();
        long before = allocated();
        for (int i = 0; i < probes; i++) {
          assertEquals(200, client.send(probe, BodyHandlers.discarding()).statusCode());
        }
        long each = (allocated() - before) / probes;
        assertTrue(each > 0 && each < MOST_BYTES_PER_PROBE, path + " allocates " + each + " bytes");
      }
    }
  }

  @Test
  void listsFunctions() {
    management()
        .get("/snowshed/functions")
        .then()
        .statusCode(200)
        .body("functions.name", hasItem("total"))
        .body("functions.find { it.name == 'total' }.version", is("7"))
        .body("functions.find { it.name == 'total' }.digest", hasLength(12))
        .body("functions.find { it.name == 'total' }.state", is("serving"))
        .body("functions.find { it.name == 'total' }.input.kind", is("json"))
        .body("functions.find { it.name == 'total' }.input.type", is("fn.Shop$Order"))
        .body("functions.find { it.name == 'total' }.maxBodyBytes", is(1024))
        .body("functions.find { it.name == 'html' }.consumes[0]", is("text/markdown"))
        .body("functions.find { it.name == 'html' }.produces", is("text/html;charset=utf-8"))
        .body("functions.find { it.name == 'slow' }.timeoutMillis", is(200))
        .body("functions.find { it.name == 'total' }.since", startsWith("20"));
  }

  @Test
  void tellsOfTheHostsLife() {
    management()
        .get("/snowshed/lifecycle")
        .then()
        .statusCode(200)
        .body("state", is("READY"))
        .body("ready", is(true))
        .body("heldIn", nullValue())
        .body("fleet.view", is("none"))
        .body("recent[0].from", is("STARTING"))
        .body("recent[0].to", is("WARMING"))
        .body("recent[1].to", is("READY"));
    management()
        .get("/health/ready")
        .then()
        .body("checks.find { it.name == 'functions' }.data.state", is("ready"));
    String metrics = metrics();
    assertTrue(metrics.contains("snowshed_lifecycle_state{state=\"ready\"} 1.0"), metrics);
    assertTrue(metrics.contains("snowshed_lifecycle_cause{kind=\"stuck-threads\"} 0.0"), metrics);
    assertTrue(
        metrics.contains("snowshed_lifecycle_transitions_total{from=\"warming\",to=\"ready\"} 1.0"),
        metrics);
  }

  @Test
  void doesNotDrainForOtherSites() {
    management()
        .header("Origin", "https://evil.example")
        .post("/snowshed/drain")
        .then()
        .statusCode(403)
        .body("reason", is("cross-site"));
    management().get("/snowshed/drain").then().statusCode(405);
    management().get("/snowshed/lifecycle").then().body("ready", is(true));
  }

  @Test
  void showsEveryMeterUnderItsDocumentedName() throws IOException {
    given().get("/functions/thread").then().statusCode(200);
    given().get("/functions/nobody").then().statusCode(404);
    String metrics = management().get("/metrics").then().statusCode(200).extract().asString();
    String documentation = Files.readString(Path.of("..", "docs", "metrics.md"));
    for (HostMeter meter : HostMeter.values()) {
      assertTrue(
          documentation.contains(meter.meterName().replace('.', '_')), meter + " is documented");
    }
    assertTrue(
        metrics.contains(
            "snowshed_function_requests_seconds_count{function=\"thread\",outcome=\"ok\"}"));
    assertTrue(metrics.contains("snowshed_unrouted_requests_total{outcome=\"no-such-function\"}"));
    assertTrue(metrics.contains("snowshed_function_info{digest="));
    assertTrue(!metrics.contains("nobody"), "no label from a request");
  }

  @Test
  void reloadsOnRequest() {
    int before = loads();
    management()
        .post("/snowshed/functions/total/reload")
        .then()
        .statusCode(200)
        .body("state", is("serving"));
    assertEquals(before + 1, loads());
    management().post("/snowshed/functions/nobody/reload").then().statusCode(404);
    management().get("/snowshed/functions/total/reload").then().statusCode(405);
  }

  private static int loads() {
    return management()
        .get("/snowshed/functions")
        .then()
        .extract()
        .path("bundles.find { it.path.endsWith('tests.jar') }.loads");
  }

  @Test
  void refusesChangesFromOtherSites() {
    management()
        .header("Origin", "https://evil.example")
        .post("/snowshed/functions/total/reload")
        .then()
        .statusCode(403)
        .contentType("application/problem+json")
        .body("reason", is("cross-site"));
    management()
        .header("Sec-Fetch-Site", "cross-site")
        .post("/snowshed/functions/total/reload")
        .then()
        .statusCode(403);
    management()
        .header("Host", "evil.example")
        .post("/snowshed/functions/total/reload")
        .then()
        .statusCode(403)
        .body("reason", is("foreign-host"));
  }

  @Test
  void tellsOfABundleThatFailsAndForgetsItWhenItIsGone() throws IOException {
    Path bad = TestFunctions.DROP_FOLDER.resolve("bad.jar");
    Files.writeString(bad, "no jar");
    Poll.until("failure listed", () -> listing().contains("not a whole jar"));
    management()
        .get("/snowshed/functions")
        .then()
        .body("bundles.find { it.path.endsWith('bad.jar') }.state", is("failed"))
        .body("bundles.find { it.path.endsWith('bad.jar') }.lastError.problem", is("corrupt"));
    management()
        .get("/metrics")
        .then()
        .body(containsString("snowshed_bundle_load_failures_total{problem=\"corrupt\"}"));
    management().get("/health/ready").then().statusCode(200);
    Files.delete(bad);
    Poll.until("forgotten", () -> !listing().contains("bad.jar"));
    management()
        .get("/snowshed/functions")
        .then()
        .body("bundles.path", not(hasItem(containsString("bad"))));
  }

  @Test
  void servesANewJarAndStopsARemovedOne() throws IOException {
    Path jar = TestFunctions.DROP_FOLDER.resolve("guest.jar");
    FunctionJar.of(
            "public class Guest { @Function(name = \"guest\") public String run() { return \"hi\"; } }")
        .writeTo(jar);
    Poll.until("served", () -> given().get("/functions/guest").statusCode() == 200);
    assertTrue(limits().contains("\"guest\""));
    assertTrue(metrics().contains("function=\"guest\""));
    Files.delete(jar);
    Poll.until("gone", () -> given().get("/functions/guest").statusCode() == 404);
    Poll.until("its gate is gone", () -> !limits().contains("\"guest\""));
    Poll.until("its meters are gone", () -> !metrics().contains("function=\"guest\""));
  }

  private static String limits() {
    return management().get("/snowshed/limits").asString();
  }

  private static String metrics() {
    return management().get("/metrics").asString();
  }

  private static String listing() {
    return management().get("/snowshed/functions").asString();
  }
}
