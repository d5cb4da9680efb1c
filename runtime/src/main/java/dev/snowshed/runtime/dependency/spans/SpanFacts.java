package dev.snowshed.runtime.dependency.spans;

import dev.snowshed.core.dependency.Outcome;
import io.opentelemetry.api.trace.StatusCode;
import java.net.http.HttpTimeoutException;
import java.sql.SQLTimeoutException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a span says of a call, as far as it matters here. Not safe for concurrent use. */
final class SpanFacts {
  /**
   * Codes of gRPC that are no answer: those for which the semantic conventions let a server's span
   * be an error. By number and, in newer conventions, by name.
   */
  private static final Set<String> RPC_FAILURES =
      Set.of(
          "2",
          "4",
          "12",
          "13",
          "14",
          "15",
          "UNKNOWN",
          "DEADLINE_EXCEEDED",
          "UNIMPLEMENTED",
          "INTERNAL",
          "UNAVAILABLE",
          "DATA_LOSS");

  private static final String GRPC = "rpc.grpc.status_code";
  private static final String RPC = "rpc.response.status_code";
  private static final String HTTP = "http.response.status_code";
  private static final String OLD_HTTP = "http.status_code";

  private static final Set<String> OUTCOMES = Set.of(GRPC, RPC, HTTP, OLD_HTTP);

  private final Map<String, String> attributes = new HashMap<>();
  private String name;
  private StatusCode status = StatusCode.UNSET;
  private boolean late;

  SpanFacts(String name) {
    this.name = name;
  }

  /** Keeps an attribute, if it matters. */
  void put(String key, @Nullable Object value) {
    if (value != null && (OUTCOMES.contains(key) || SpanNames.KEYS.contains(key))) {
      attributes.put(key, value.toString());
    }
  }

  void name(String other) {
    name = other;
  }

  void status(StatusCode code) {
    status = code;
  }

  void thrown(Throwable exception) {
    late |=
        exception instanceof HttpTimeoutException
            || exception instanceof SQLTimeoutException
            || exception instanceof TimeoutException;
  }

  String name() {
    return name;
  }

  /** An attribute, or null. */
  @Nullable String get(String key) {
    return attributes.get(key);
  }

  /**
   * What the span says of what was called. A status of HTTP says more than the span's: below 500 it
   * is an answer, although conventions make an error of it from 400 on.
   */
  Outcome outcome() {
    if (late && isError()) {
      return Outcome.TIMED_OUT;
    }
    String http = attributes.getOrDefault(HTTP, attributes.get(OLD_HTTP));
    String rpc = attributes.getOrDefault(RPC, attributes.get(GRPC));
    boolean failed =
        switch (http) {
          case String code when code.startsWith("5") -> true;
          case String code when code.startsWith("4") -> false;
          case null, default -> rpc == null ? isError() : RPC_FAILURES.contains(rpc);
        };
    return failed ? Outcome.FAILED : Outcome.OK;
  }

  private boolean isError() {
    return status == StatusCode.ERROR;
  }
}
