package dev.snowshed.function;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A raw response: status, headers, and a body that is either bytes or written as a stream.
 * Immutable.
 */
public final class Response {
  private final int status;
  private final Map<String, List<String>> headers;
  private final Body body;

  private Response(Builder builder, Body body) {
    this.status = builder.status;
    Map<String, List<String>> copy = new LinkedHashMap<>();
    builder.headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    this.headers = Collections.unmodifiableMap(copy);
    this.body = body;
  }

  /** What a response carries. */
  public sealed interface Body permits Bytes, Stream {}

  /**
   * A complete body.
   *
   * @param bytes the body; not copied, not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Bytes(byte[] bytes) implements Body {}

  /**
   * A body that is produced while it is sent.
   *
   * @param writer produces it
   */
  public record Stream(Writer writer) implements Body {}

  /** Produces a body. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes the body. Runs on the call's own thread, within its deadline; writing blocks while the
     * caller reads slower than the function writes, and throws when the caller goes away.
     *
     * @param out where to; closing it is optional
     * @throws IOException if the caller went away
     * @throws Exception any failure of the function; the response, which has begun, is cut off
     */
    void writeTo(OutputStream out) throws Exception;
  }

  /**
   * Starts a response.
   *
   * @param status the HTTP status, between 200 and 599
   * @return a builder
   * @throws IllegalArgumentException if the status is out of range
   */
  public static Builder status(int status) {
    return new Builder(status);
  }

  /** Starts a response with status 200. */
  public static Builder ok() {
    return new Builder(200);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The headers, in the order in which they were set. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** The body; empty bytes if there is none. */
  public Body body() {
    return body;
  }

  /** Builds a {@link Response}. Not safe for concurrent use. */
  public static final class Builder {
    private final int status;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();

    private Builder(int status) {
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException("status must be between 200 and 599, was " + status);
      }
      this.status = status;
    }

    /**
     * Adds a header, beside those of the same name.
     *
     * @param name the header's name
     * @param value the value
     * @return this builder
     */
    public Builder header(String name, String value) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, name);
      headers.computeIfAbsent(name, unused -> new ArrayList<>(1)).add(value);
      return this;
    }

    /**
     * Adds the {@code Content-Type} header.
     *
     * @param mediaType the media type
     * @return this builder
     */
    public Builder contentType(String mediaType) {
      return header("Content-Type", mediaType);
    }

    /**
     * Ends with a complete body.
     *
     * @param bytes the body; not copied, not to be changed afterwards
     * @return the response
     */
    public Response body(byte[] bytes) {
      return new Response(this, new Bytes(Objects.requireNonNull(bytes, "bytes")));
    }

    /**
     * Ends with text in UTF-8.
     *
     * @param text the body
     * @return the response
     */
    public Response body(String text) {
      return body(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Ends with a body that is produced while it is sent.
     *
     * @param writer produces it
     * @return the response
     */
    public Response stream(Writer writer) {
      return new Response(this, new Stream(Objects.requireNonNull(writer, "writer")));
    }

    /** Ends without a body. */
    public Response build() {
      return body(new byte[0]);
    }
  }
}
