package dev.snowshed.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.snowshed.function.Response;
import dev.snowshed.runtime.loading.LoadedFunction;
import io.cloudevents.CloudEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.HttpUtils;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a function's result into an answer. Headers that belong to the connection are the host's;
 * ones that could smuggle in others are a failure of the function.
 */
final class OutputRenderer {
  private static final Answer NOTHING = Answer.Complete.of(204, "", Buffer.buffer());

  private static final Set<String> OF_CONNECTION =
      Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

  private OutputRenderer() {}

  /**
   * Renders a result.
   *
   * @throws JsonProcessingException if the result cannot be written as JSON
   */
  static Answer render(LoadedFunction function, @Nullable Object result, @Nullable String accept)
      throws JsonProcessingException {
    return switch (function.descriptor().output().kind()) {
      case JSON ->
          complete(function, Buffer.buffer(function.outputWriter().writeValueAsBytes(result)));
      case TEXT -> result == null ? NOTHING : complete(function, Buffer.buffer((String) result));
      case BYTES -> result == null ? NOTHING : complete(function, Buffer.buffer((byte[]) result));
      case HTTP -> result == null ? NOTHING : raw((Response) result);
      case CLOUD_EVENT -> result == null ? NOTHING : CloudEvents.write((CloudEvent) result, accept);
      case NONE -> NOTHING;
    };
  }

  private static Answer complete(LoadedFunction function, Buffer body) {
    return Answer.Complete.of(200, function.contract().produces(), body);
  }

  private static Answer raw(Response response) {
    boolean complete = response.body() instanceof Response.Bytes;
    Map<String, List<String>> headers = new LinkedHashMap<>();
    response
        .headers()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              boolean ofConnection = OF_CONNECTION.contains(lower);
              boolean computed = complete && lower.equals("content-length");
              if (!ofConnection && !computed) {
                values.forEach(value -> HttpUtils.validateHeader(name, value));
                headers.put(name, values);
              }
            });
    return switch (response.body()) {
      case Response.Bytes bytes ->
          new Answer.Complete(response.status(), "", headers, Buffer.buffer(bytes.bytes()));
      case Response.Stream stream ->
          new Answer.Streamed(response.status(), headers, stream.writer());
    };
  }
}
