package dev.snowshed.runtime.http;

import dev.snowshed.function.Request;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** A request as a raw function sees it. */
record RawRequest(HttpServerRequest request, String pathBelow, InputStream body)
    implements Request {

  static RawRequest complete(HttpServerRequest request, String pathBelow, Buffer body) {
    return new RawRequest(request, pathBelow, new LazyBytes(body));
  }

  /** A body that is copied only if it is read. */
  private static final class LazyBytes extends InputStream {
    private final Buffer buffer;
    private ByteArrayInputStream bytes = new ByteArrayInputStream(new byte[0]);
    private boolean opened;

    LazyBytes(Buffer buffer) {
      this.buffer = buffer;
    }

    private ByteArrayInputStream bytes() {
      if (!opened) {
        opened = true;
        bytes = new ByteArrayInputStream(buffer.getBytes());
      }
      return bytes;
    }

    @Override
    public int read() {
      return bytes().read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return bytes().read(target, offset, length);
    }

    @Override
    public int available() {
      return bytes().available();
    }
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String path() {
    return URLDecoder.decode(pathBelow.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public Map<String, List<String>> queryParameters() {
    String query = request.query();
    return query == null
        ? Map.of()
        : Collections.unmodifiableMap(new QueryStringDecoder(query, false).parameters());
  }

  @Override
  public Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach(
            (name, value) ->
                headers
                    .computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1))
                    .add(value));
    return Collections.unmodifiableMap(headers);
  }

  @Override
  public OptionalLong contentLength() {
    String length = request.getHeader("content-length");
    return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
  }
}
