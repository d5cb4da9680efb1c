package dev.snowshed.runtime.http;

import java.util.Locale;

/**
 * Why a request was not answered by its function. The label is stable: it stands in the {@code
 * reason} of an {@code application/problem+json} answer and in metrics.
 */
public enum Reason {
  /** A header of the request is malformed. */
  BAD_HEADER(400, "Malformed header"),
  /** The body does not bind to the function's input. */
  BAD_INPUT(400, "Input does not bind"),
  /** No function of that name is loaded. */
  NO_SUCH_FUNCTION(404, "No such function"),
  /** The path leads nowhere. */
  NOT_FOUND(404, "Not found"),
  /** The function does not take this HTTP method. */
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  /** The caller accepts nothing that the function gives. */
  NOT_ACCEPTABLE(406, "Not acceptable"),
  /** The body is larger than the function allows. */
  BODY_TOO_LARGE(413, "Body too large"),
  /** The function does not take this media type. */
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
  /** The tenant has more than its share while others wait. */
  TENANT_OVER_SHARE(429, "Tenant over its share"),
  /** The function threw. */
  FUNCTION_FAILED(500, "Function failed"),
  /** The function chose to answer with a problem. */
  FUNCTION_PROBLEM(500, "Problem"),
  /** The function's sources do not compile; in dev mode only. */
  COMPILATION_FAILED(500, "Compilation failed"),
  /** More requests run and wait than can be done in time. */
  OVERLOADED(503, "Overloaded"),
  /** Too many bytes of bodies are in flight, or memory is short. */
  MEMORY(503, "Memory is short"),
  /** It is a retry while the host sheds, and retries have their share already. */
  RETRY_BUDGET(503, "Too many retries"),
  /** The function cannot do without a dependency that is in trouble. */
  DEPENDENCY_UNAVAILABLE(503, "Dependency unavailable"),
  /** The host is stopping. */
  DRAINING(503, "Draining"),
  /** The deadline passed. */
  DEADLINE_EXCEEDED(504, "Deadline exceeded");

  private final int status;
  private final String title;
  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  Reason(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status it is answered with. */
  public int status() {
    return status;
  }

  /** A few words for people. */
  public String title() {
    return title;
  }

  /** The stable name, such as {@code body-too-large}. */
  public String label() {
    return label;
  }
}
