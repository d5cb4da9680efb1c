package dev.snowshed.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.MultiMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptsTest {
  @ParameterizedTest
  @CsvSource({
    "X-Request-Attempt, 1, false",
    "X-Request-Attempt, 2, true",
    "X-Request-Attempt, 12345678, true",
    "x-envoy-attempt-count, 1, false",
    "x-envoy-attempt-count, 2, true",
    "x-envoy-attempt-count, many, false",
    "grpc-previous-rpc-attempts, 0, false",
    "grpc-previous-rpc-attempts, 1, true",
    "grpc-previous-rpc-attempts, -1, false",
    "X-Other, 2, false"
  })
  void isARetryByOneOfThreeHeaders(String header, String value, boolean retry) throws Refusal {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add(header, value);
    assertEquals(retry, Attempts.isRetry(headers));
  }
}
