package dev.snowshed.function.test;

import dev.snowshed.function.Request;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/** A raw request for a test. To be used by one thread at a time. */
public final class TestRequest implements Request {
  private final String method;
  private final String path;
  private final Map<String, List<String>> queryParameters;
  private final Map<String, List<String>> headers;
  private final OptionalLong contentLength;
  private final InputStream body;

  private TestRequest(Builder builder) {
    this.method = builder.method;
    this.path = builder.path;
    this.queryParameters = copy(builder.queryParameters);
    this.headers = copy(builder.headers);
    this.contentLength = builder.contentLength;
    this.body = builder.body;
  }

  private static Map<String, List<String>> copy(Map<String, List<String>> values) {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    values.forEach((name, list) -> copy.put(name, List.copyOf(list)));
    return Collections.unmodifiableMap(copy);
  }

  /** Starts a {@code GET} request. */
  public static Builder get() {
    return method("GET");
  }

  /** Starts a {@code POST} request. */
  public static Builder post() {
    return method("POST");
  }

  /**
   * Starts a request.
   *
   * @param method the HTTP method, in upper case
   * @return a builder, with an empty path, no query, no headers and no body
   * @throws IllegalArgumentException if the method is empty or not in upper case
   */
  public static Builder method(String method) {
    if (method.isEmpty() || !method.equals(method.toUpperCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "method must be an HTTP method in upper case, such as POST, was \"" + method + '"');
    }
    return new Builder(method);
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public Map<String, List<String>> queryParameters() {
    return queryParameters;
  }

  @Override
  public Map<String, List<String>> headers() {
    return headers;
  }

  @Override
  public OptionalLong contentLength() {
    return contentLength;
  }

  /** {@inheritDoc} The same stream at each call. */
  @Override
  public InputStream body() {
    return body;
  }

  /** Builds a {@link TestRequest}. Not safe for concurrent use. */
  public static final class Builder {
    private final String method;
    private final Map<String, List<String>> queryParameters = new LinkedHashMap<>();
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private String path = "";
    private OptionalLong contentLength = OptionalLong.empty();
    private InputStream body = InputStream.nullInputStream();

    private Builder(String method) {
      this.method = method;
    }

    /**
     * Sets the path below the function.
     *
     * @param path decoded; empty, the default, or starting with a slash
     * @return this builder
     * @throws IllegalArgumentException if the path starts with anything else
     */
    public Builder path(String path) {
      if (!path.isEmpty() && !path.startsWith("/")) {
        throw new IllegalArgumentException(
            "path must be empty or start with a slash, was \"" + path + '"');
      }
      this.path = path;
      return this;
    }

    /**
     * Adds a parameter of the query, beside those of the same name.
     *
     * @param name its name, decoded
     * @param value its value, decoded
     * @return this builder
     */
    public Builder query(String name, String value) {
      return add(queryParameters, name, value);
    }

    /**
     * Adds a header, beside those of the same name.
     *
     * @param name its name, in any case
     * @param value its value
     * @return this builder
     */
    public Builder header(String name, String value) {
      return add(headers, name.toLowerCase(Locale.ROOT), value);
    }

    /**
     * Adds the {@code Content-Type} header.
     *
     * @param mediaType the media type
     * @return this builder
     */
    public Builder contentType(String mediaType) {
      return header("content-type", mediaType);
    }

    /**
     * Sets a body of declared length.
     *
     * @param bytes the body
     * @return this builder
     */
    public Builder body(byte[] bytes) {
      this.contentLength = OptionalLong.of(bytes.length);
      this.body = new ByteArrayInputStream(bytes.clone());
      return this;
    }

    /**
     * Sets a body of declared length.
     *
     * @param text the body, sent as UTF-8
     * @return this builder
     */
    public Builder body(String text) {
      return body(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sets a body whose length the caller does not declare, as with chunked encoding. A stream that
     * throws stands for a caller that goes away.
     *
     * @param stream the body
     * @return this builder
     */
    public Builder body(InputStream stream) {
      this.contentLength = OptionalLong.empty();
      this.body = Objects.requireNonNull(stream, "stream");
      return this;
    }

    /** Ends the building. A body that is a stream is the request's own from here on. */
    public TestRequest build() {
      return new TestRequest(this);
    }

    private Builder add(Map<String, List<String>> values, String name, String value) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, name);
      values.computeIfAbsent(name, unused -> new ArrayList<>(1)).add(value);
      return this;
    }
  }
}
