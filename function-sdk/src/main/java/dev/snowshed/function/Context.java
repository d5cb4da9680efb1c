package dev.snowshed.function;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a function knows about the call it serves. Safe for concurrent use, and valid until the call
 * ends.
 */
public interface Context {

  /** The function's name. */
  String functionName();

  /**
   * The request's id: the caller's {@code X-Request-Id} if it sent a usable one, else made by the
   * host. It stands in the response and in every log line of the call.
   */
  String requestId();

  /** The call's own position in its trace; calls to others carry it on. */
  TraceContext trace();

  /** When the call must be done. */
  Deadline deadline();

  /** How much the request matters to its caller. */
  Criticality criticality();

  /** On whose behalf the request was made, if the host's tenant header was sent. */
  Optional<String> tenant();

  /** A place for this call's own notes. Mutable, starts empty, safe for concurrent use. */
  Map<String, Object> attributes();

  /** The function's settings and secrets. */
  Configuration configuration();

  /** Tells when nobody waits for the result any more. */
  Cancellation cancellation();

  /**
   * Something that the function calls, to be called through it.
   *
   * @param name the dependency's name: {@code [A-Za-z0-9._-]{1,64}}
   * @return the dependency, on behalf of this call
   * @throws IllegalArgumentException if that is not a name
   */
  Dependency dependency(String name);

  /** The time left; zero, never negative, once the deadline has passed. */
  default Duration remaining() {
    return deadline().remaining();
  }

  /**
   * The headers that carry this call on to something it calls: {@code traceparent}, {@code
   * tracestate} if there is one, {@code X-Request-Id}, {@code X-Request-Criticality} and the
   * remaining time as {@code X-Request-Timeout} in milliseconds.
   *
   * @return header names and values
   */
  Map<String, String> outboundHeaders();

  /**
   * Adds {@link #outboundHeaders} to a request, and the remaining time as its timeout.
   *
   * @param request the request to send
   * @return the same builder
   * @throws java.net.http.HttpTimeoutException if no time is left
   */
  default HttpRequest.Builder propagate(HttpRequest.Builder request)
      throws java.net.http.HttpTimeoutException {
    Duration remaining = remaining();
    if (remaining.isZero()) {
      throw new java.net.http.HttpTimeoutException(
          "no time left for a call from function " + functionName());
    }
    outboundHeaders().forEach(request::setHeader);
    return request.timeout(remaining);
  }
}
