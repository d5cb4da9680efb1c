package dev.snowshed.runtime.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.snowshed.function.Request;
import dev.snowshed.runtime.loading.LoadedFunction;
import dev.snowshed.runtime.loading.MediaType;
import io.netty.buffer.ByteBufInputStream;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/** Turns a request's body into what a function takes. */
final class InputBinder {
  private InputBinder() {}

  static @Nullable Object bind(
      LoadedFunction function, MultiMap headers, Buffer body, Request request) throws Refusal {
    return switch (function.descriptor().input().kind()) {
      case NONE -> null;
      case TEXT -> body.toString(charset(headers));
      case BYTES -> body.getBytes();
      case HTTP -> request;
      case CLOUD_EVENT -> CloudEvents.read(headers, body.getBytes());
      case JSON -> json(function, body);
    };
  }

  private static @Nullable Object json(LoadedFunction function, Buffer body) throws Refusal {
    if (body.length() == 0) {
      throw Refusal.of(
          Reason.BAD_INPUT,
          "Function '" + function.name() + "' takes a JSON body, and the request had none.");
    }
    try (InputStream in = stream(body)) {
      return function.inputReader().readValue(in);
    } catch (JsonMappingException e) {
      throw Refusal.at(Reason.BAD_INPUT, describe(e), pointer(e));
    } catch (JsonProcessingException e) {
      throw Refusal.of(Reason.BAD_INPUT, describe(e));
    } catch (IOException e) {
      throw Refusal.of(Reason.BAD_INPUT, "The body could not be read: " + e.getMessage());
    }
  }

  private static InputStream stream(Buffer body) {
    return new ByteBufInputStream(((BufferImpl) body).byteBuf());
  }

  private static String describe(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String place =
        at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    return "The body does not bind: " + e.getOriginalMessage() + place;
  }

  private static String pointer(JsonMappingException e) {
    StringBuilder pointer = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      String name = step.getFieldName();
      pointer
          .append('/')
          .append(
              name == null
                  ? String.valueOf(step.getIndex())
                  : name.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }

  private static Charset charset(MultiMap headers) throws Refusal {
    String contentType = headers.get("content-type");
    String name =
        contentType == null ? "" : MediaType.parse(contentType).map(MediaType::charset).orElse("");
    if (name.isEmpty()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw Refusal.of(
          Reason.UNSUPPORTED_MEDIA_TYPE,
          "The charset '" + name + "' is not known here; send UTF-8.");
    }
  }
}
