package dev.snowshed.runtime.http;

import java.util.List;
import java.util.Map;

/**
 * A request cannot be served. Without a stack trace: it is an answer and no accident, and has to be
 * cheap.
 */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final int status;

  /** The place of the mistake in the JSON input as a JSON pointer (RFC 6901); empty if unknown. */
  private final String pointer;

  private final transient Map<String, List<String>> headers;

  private Refusal(
      Reason reason, int status, String detail, String pointer, Map<String, List<String>> headers) {
    super(detail, null, false, false);
    this.reason = reason;
    this.status = status;
    this.pointer = pointer;
    this.headers = headers;
  }

  static Refusal of(Reason reason, String detail) {
    return new Refusal(reason, reason.status(), detail, "", Map.of());
  }

  static Refusal with(Reason reason, String detail, String header, String value) {
    return new Refusal(reason, reason.status(), detail, "", Map.of(header, List.of(value)));
  }

  static Refusal at(Reason reason, String detail, String pointer) {
    return new Refusal(reason, reason.status(), detail, pointer, Map.of());
  }

  static Refusal withStatus(int status, String detail) {
    return new Refusal(Reason.FUNCTION_PROBLEM, status, detail, "", Map.of());
  }

  Reason reason() {
    return reason;
  }

  int status() {
    return status;
  }

  String pointer() {
    return pointer;
  }

  Map<String, List<String>> headers() {
    return headers;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
