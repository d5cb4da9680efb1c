package dev.snowshed.function;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The raw request, for a function that wants all of it. To be used by one thread at a time.
 *
 * <p>Header names are compared without regard to case.
 */
public interface Request {

  /** The HTTP method, in upper case. */
  String method();

  /** The path below the function, decoded: empty, or starting with a slash. */
  String path();

  /** The parameters of the query, decoded, in the order of their first appearance. */
  Map<String, List<String>> queryParameters();

  /** The headers, in the order of their first appearance, names in lower case. */
  Map<String, List<String>> headers();

  /**
   * The body's length as declared by the caller.
   *
   * @return the length in bytes, or empty if it was not declared
   */
  OptionalLong contentLength();

  /**
   * The body, as it arrives. Reading blocks until bytes are there; what the function does not read,
   * the caller is not allowed to send, so a body of any size takes little memory.
   *
   * <p>Reading throws {@link java.io.IOException} when the caller goes away, and when more arrives
   * than the function's body limit allows; the answer is then status 413 whatever the function
   * does. A function that runs on the event loop gets a body that is already complete.
   */
  InputStream body();

  /**
   * The first value of a header.
   *
   * @param name the header's name
   * @return its first value, or empty
   */
  default Optional<String> header(String name) {
    List<String> values = headers().get(name.toLowerCase(java.util.Locale.ROOT));
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  /**
   * The first value of a query parameter.
   *
   * @param name the parameter's name
   * @return its first value, or empty
   */
  default Optional<String> query(String name) {
    List<String> values = queryParameters().get(name);
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  /** The {@code Content-Type} header. */
  default Optional<String> contentType() {
    return header("content-type");
  }
}
