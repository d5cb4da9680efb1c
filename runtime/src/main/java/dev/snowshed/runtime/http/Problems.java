package dev.snowshed.runtime.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes refusals as {@code application/problem+json} (RFC 9457). */
final class Problems {
  static final String MEDIA_TYPE = "application/problem+json";
  private static final String TYPE_PREFIX = "urn:snowshed:problem:";
  private static final JsonFactory JSON = new JsonFactory();

  private Problems() {}

  static Answer.Complete answer(Refusal refusal, String requestId) {
    return new Answer.Complete(
        refusal.status(), MEDIA_TYPE, refusal.headers(), body(refusal, requestId));
  }

  /** A problem whose text is there, but for the request's id. */
  static Template template(Refusal refusal) {
    Buffer whole = body(refusal, "");
    return new Template(whole.getBuffer(0, whole.length() - Template.END.length()));
  }

  /**
   * The beginning of a problem, to which the request's id is added.
   *
   * @param beginning up to that id
   */
  record Template(Buffer beginning) {
    private static final String END = "\"}";

    Buffer body(String requestId) {
      return Buffer.buffer(beginning.length() + requestId.length() + END.length())
          .appendBuffer(beginning)
          .appendString(requestId)
          .appendString(END);
    }
  }

  private static Buffer body(Refusal refusal, String requestId) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", TYPE_PREFIX + refusal.reason().label());
      json.writeStringField("title", refusal.reason().title());
      json.writeNumberField("status", refusal.status());
      json.writeStringField("reason", refusal.reason().label());
      json.writeStringField("detail", refusal.detail());
      if (!refusal.pointer().isEmpty()) {
        json.writeStringField("pointer", refusal.pointer());
      }
      json.writeStringField("requestId", requestId);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(text.toString());
  }
}
