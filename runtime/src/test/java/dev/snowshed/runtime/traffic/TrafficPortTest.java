package dev.snowshed.runtime.traffic;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.runtime.testing.Poll;
import dev.snowshed.runtime.testing.TestFunctions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestFunctions.class)
class TrafficPortTest {
  private static RequestSpecification management() {
    return given().port(9001);
  }

  @Test
  void tellsOfEachFunctionAndWhyItDoesNotKnow() {
    given().body("x").contentType("text/plain").post("/functions/upper").then().statusCode(200);
    Poll.until(
        "listed",
        () -> management().get("/snowshed/traffic").asString().contains("\"name\":\"upper\""));
    management()
        .get("/snowshed/traffic")
        .then()
        .statusCode(200)
        .body("id", notNullValue())
        .body("functions.name", hasItem("upper"))
        .body("functions.find { it.name == 'upper' }.unknownBecause", notNullValue());
  }

  @Test
  void countsWhatIsOfferedAndShowsNoNumberThatIsNotKnown() {
    given().body("x").contentType("text/plain").post("/functions/upper").then().statusCode(200);
    Poll.until("counted", () -> metrics().contains("snowshed_traffic_offered_total{"));
    assertTrue(metrics().contains("bottleneck=\"unknown\",function=\"upper\"} 1.0"), metrics());
    assertFalse(metrics().contains("snowshed_traffic_safe_throughput"), metrics());
  }

  private static String metrics() {
    return management().get("/metrics").asString();
  }
}
