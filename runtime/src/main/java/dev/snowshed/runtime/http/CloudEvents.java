package dev.snowshed.runtime.http;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.message.MessageReader;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents over HTTP, binary and structured mode (CloudEvents HTTP protocol binding 1.0.2), with
 * the CloudEvents SDK.
 */
final class CloudEvents {
  private static final String STRUCTURED = JsonFormat.CONTENT_TYPE;
  private static final String BATCH = "application/cloudevents-batch";

  static {
    EventFormatProvider.getInstance().registerFormat(new JsonFormat());
  }

  private CloudEvents() {}

  static CloudEvent read(MultiMap headers, byte[] body) throws Refusal {
    String contentType = headers.get("content-type");
    if (contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(BATCH)) {
      throw Refusal.of(
          Reason.UNSUPPORTED_MEDIA_TYPE,
          "A batch of CloudEvents is not taken; send one event, in binary or structured mode.");
    }
    try {
      MessageReader reader =
          HttpMessageFactory.createReader(
              consumer ->
                  headers.forEach(entry -> consumer.accept(entry.getKey(), entry.getValue())),
              body);
      return reader.toEvent();
    } catch (RuntimeException e) {
      throw Refusal.of(
          Reason.BAD_INPUT,
          "The request is no CloudEvent: "
              + e.getMessage()
              + ". Send the headers ce-specversion, ce-id, ce-source and ce-type (binary mode), or"
              + " Content-Type: "
              + STRUCTURED
              + " (structured mode).");
    }
  }

  /** Writes an event: structured if the caller asks for that by name, else binary. */
  static Answer write(CloudEvent event, @Nullable String accept) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    Buffer[] body = {Buffer.buffer()};
    var writer =
        HttpMessageFactory.createWriter(
            (name, value) -> headers.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value),
            bytes -> body[0] = bytes == null ? Buffer.buffer() : Buffer.buffer(bytes));
    if (accept != null && accept.contains("application/cloudevents+json")) {
      writer.writeStructured(event, STRUCTURED);
    } else {
      writer.writeBinary(event);
    }
    return new Answer.Complete(200, "", headers, body[0]);
  }
}
