package dev.snowshed.runtime.dependency.spans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.core.dependency.Outcome;
import io.opentelemetry.api.trace.StatusCode;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanFactsTest {
  @ParameterizedTest
  @CsvSource({
    "UNSET, none, 0, OK",
    "OK, none, 0, OK",
    "ERROR, none, 0, FAILED",
    "UNSET, http.response.status_code, 200, OK",
    "ERROR, http.response.status_code, 404, OK",
    "ERROR, http.response.status_code, 503, FAILED",
    "UNSET, http.response.status_code, 503, FAILED",
    "ERROR, http.response.status_code, 200, FAILED",
    "ERROR, http.status_code, 404, OK",
    "UNSET, http.status_code, 500, FAILED",
    "ERROR, rpc.grpc.status_code, 5, OK",
    "ERROR, rpc.grpc.status_code, 14, FAILED",
    "ERROR, rpc.response.status_code, NOT_FOUND, OK",
    "ERROR, rpc.response.status_code, UNAVAILABLE, FAILED"
  })
  void tellsFailuresFromAnswers(StatusCode status, String key, String value, Outcome outcome) {
    SpanFacts span = new SpanFacts("x");
    span.put(key, value);
    span.status(status);

    assertEquals(outcome, span.outcome());
  }

  @Test
  void tellsTimeouts() {
    for (Exception late :
        List.of(
            new HttpConnectTimeoutException("x"),
            new SQLTimeoutException(),
            new TimeoutException())) {
      SpanFacts span = new SpanFacts("x");
      span.status(StatusCode.ERROR);
      span.thrown(new IOException());
      assertEquals(Outcome.FAILED, span.outcome());
      span.thrown(late);
      assertEquals(Outcome.TIMED_OUT, span.outcome());
    }
  }
}
