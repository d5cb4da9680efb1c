package dev.snowshed.benchmarks.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.benchmarks.http.BenchException;
import dev.snowshed.benchmarks.overload.BenchTraffic.TrafficAnswer;
import org.junit.jupiter.api.Test;

class BenchTrafficTest {
  private static final String JSON =
      """
      {"id":"h","functions":[{"name":"bench-plain","safeThroughput":null,\
      "unknownBecause":"only 3 requests"},{"name":"bench-cpu","safeConcurrency":{"value":2.0},\
      "safeThroughput":{"value":401.5,"low":390.0,"high":412.0,"ageSeconds":0.1,\
      "source":"measured"},"unknownBecause":null}]}""";

  @Test
  void readsWhatAHostCarries() {
    TrafficAnswer answer = TrafficAnswer.of(JSON, "bench-cpu");

    assertFalse(answer.isUnknown());
    assertEquals(401.5, answer.value());
    assertEquals(390, answer.low());
    assertEquals(412, answer.high());
    assertEquals("measured", answer.source());
  }

  @Test
  void readsWhyItDoesNotKnow() {
    TrafficAnswer answer = TrafficAnswer.of(JSON, "bench-plain");

    assertTrue(answer.isUnknown());
    assertEquals("only 3 requests", answer.unknownBecause());
  }

  @Test
  void complainsOfAFunctionThatIsNotThere() {
    assertThrows(BenchException.class, () -> TrafficAnswer.of(JSON, "bench-io"));
  }
}
