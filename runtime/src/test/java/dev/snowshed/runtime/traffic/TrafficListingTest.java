package dev.snowshed.runtime.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.snowshed.core.traffic.TrafficSnapshot;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TrafficListingTest {
  private static final JsonNode JSON =
      TrafficListing.of(
          "host1",
          new TrafficSnapshot(
              0,
              List.of(
                  Traffics.known("quote"),
                  Traffics.unknown("markdown", "only up to 31 % of the limit was seen")),
              OptionalDouble.empty()));

  @Test
  void tellsWhatIsKnown() {
    JsonNode quote = JSON.at("/functions/0");

    assertEquals("host1", JSON.path("id").asText());
    assertEquals(100, quote.at("/safeThroughput/value").asDouble());
    assertEquals("measured", quote.at("/safeThroughput/source").asText());
    assertEquals(2, quote.at("/safeThroughput/ageSeconds").asDouble());
    assertEquals(80, quote.at("/latencyAtSafeMillis/value").asDouble());
    assertEquals(0.01, quote.at("/costHostSeconds/value").asDouble());
    assertEquals(0.009, quote.at("/costHostSeconds/low").asDouble(), 1e-9);
    assertEquals(0.011, quote.at("/costHostSeconds/high").asDouble(), 1e-9);
    assertEquals(60, quote.at("/demand/offeredPerSecond").asDouble());
    assertEquals(50, quote.at("/demand/byCriticality/critical").asDouble());
    assertEquals(2.5, quote.at("/demand/concurrencyByCriticality/critical").asDouble());
    assertEquals(60, quote.at("/forecast/0/inSeconds").asDouble());
    assertEquals(0.4, quote.path("headroom").asDouble(), 1e-9);
    assertEquals("usl", quote.at("/fit/kind").asText());
    assertEquals(0.05, quote.at("/fit/sigma").asDouble());
    assertEquals(80, quote.at("/curve/1/latencyMillis").asDouble());
    assertTrue(quote.path("unknownBecause").isNull());
  }

  @Test
  void hasNullForWhatIsNotAndSaysWhy() {
    JsonNode markdown = JSON.at("/functions/1");

    for (String field :
        List.of(
            "safeThroughput",
            "safeConcurrency",
            "latencyAtSafeMillis",
            "costHostSeconds",
            "utilization",
            "headroom",
            "inMixPerSecond")) {
      assertTrue(markdown.path(field).isNull(), field + " of " + markdown);
    }
    assertEquals("only up to 31 % of the limit was seen", markdown.path("unknownBecause").asText());
    assertEquals("none", markdown.at("/fit/kind").asText());
    assertTrue(JSON.at("/host/utilization").isNull());
  }
}
