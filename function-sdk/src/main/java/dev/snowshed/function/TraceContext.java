package dev.snowshed.function;

import java.util.Objects;
import java.util.Optional;

/**
 * A position in a distributed trace, as of <a href="https://www.w3.org/TR/trace-context/">W3C Trace
 * Context</a>, Level 1. Immutable.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 lower-case hexadecimal digits, not all zero
 * @param sampled whether the caller may have recorded the trace
 * @param state the {@code tracestate} header as received; empty if there was none
 */
public record TraceContext(String traceId, String spanId, boolean sampled, String state) {

  /** The request header that carries the position. */
  public static final String HEADER = "traceparent";

  /** The request header that carries vendors' state. */
  public static final String STATE_HEADER = "tracestate";

  /**
   * Checks the ids.
   *
   * @throws IllegalArgumentException if an id is malformed or all zero
   */
  public TraceContext {
    requireId(traceId, 32, "traceId");
    requireId(spanId, 16, "spanId");
    Objects.requireNonNull(state, "state");
  }

  /** This position as a {@code traceparent} header, version 00. */
  public String traceparent() {
    return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
  }

  /**
   * Reads a {@code traceparent} header.
   *
   * @param traceparent the header's value
   * @param state the {@code tracestate} header's value, empty if there is none
   * @return the position, or empty if the header is not valid and a new trace should be started
   */
  public static Optional<TraceContext> parse(String traceparent, String state) {
    String value = traceparent.strip();
    boolean wellFormed =
        value.length() >= 55
            && value.charAt(2) == '-'
            && value.charAt(35) == '-'
            && value.charAt(52) == '-'
            && isHex(value, 0, 2)
            && isHex(value, 53, 55)
            && !value.startsWith("ff")
            && (value.length() == 55 || (value.charAt(55) == '-' && !value.startsWith("00")));
    if (!wellFormed) {
      return Optional.empty();
    }
    String traceId = value.substring(3, 35);
    String spanId = value.substring(36, 52);
    if (!isId(traceId, 32) || !isId(spanId, 16)) {
      return Optional.empty();
    }
    boolean sampled = (Character.digit(value.charAt(54), 16) & 1) == 1;
    return Optional.of(new TraceContext(traceId, spanId, sampled, state));
  }

  private static void requireId(String id, int length, String name) {
    if (!isId(id, length)) {
      throw new IllegalArgumentException(
          name + " must be " + length + " lower-case hexadecimal digits, not all zero, was " + id);
    }
  }

  private static boolean isId(String id, int length) {
    return id.length() == length
        && isHex(id, 0, length)
        && id.chars().anyMatch(digit -> digit != '0');
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }
}
