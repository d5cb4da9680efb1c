package dev.snowshed.runtime.http;

import dev.snowshed.function.Response;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/** What is sent back for a request. */
sealed interface Answer {

  /** The HTTP status. */
  int status();

  /** Headers beside those of the host. */
  Map<String, List<String>> headers();

  /**
   * An answer whose body is there.
   *
   * @param contentType its media type; empty if {@code headers} states it, or there is no body
   * @param body its body
   */
  record Complete(int status, String contentType, Map<String, List<String>> headers, Buffer body)
      implements Answer {
    static Complete of(int status, String contentType, Buffer body) {
      return new Complete(status, contentType, Map.of(), body);
    }
  }

  /**
   * An answer whose body is produced while it is sent.
   *
   * @param writer produces it
   */
  record Streamed(int status, Map<String, List<String>> headers, Response.Writer writer)
      implements Answer {}
}
