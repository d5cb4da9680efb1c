package dev.snowshed.samples.ordersimport;

import dev.snowshed.function.Request;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A request with a body of unknown length. */
record Post(InputStream body) implements Request {
  @Override
  public String method() {
    return "POST";
  }

  @Override
  public String path() {
    return "";
  }

  @Override
  public Map<String, List<String>> queryParameters() {
    return Map.of();
  }

  @Override
  public Map<String, List<String>> headers() {
    return Map.of("content-type", List.of("text/csv"));
  }

  @Override
  public OptionalLong contentLength() {
    return OptionalLong.empty();
  }
}
