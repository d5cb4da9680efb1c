package dev.snowshed.function.test;

import dev.snowshed.function.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@link Response} as its caller would read it. Immutable. */
public final class TestResponse {
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset=\"?([^\";\\s]+)\"?", Pattern.CASE_INSENSITIVE);

  private final Response response;
  private final byte[] bytes;

  private TestResponse(Response response, byte[] bytes) {
    this.response = response;
    this.bytes = bytes;
  }

  /**
   * Reads a response to its end. A body that is written as a stream is written now, on this thread.
   *
   * @param response what a function returned
   * @return the response, with its body complete
   * @throws Exception what the body's writer throws
   */
  public static TestResponse of(Response response) throws Exception {
    return new TestResponse(response, bytes(response.body()));
  }

  private static byte[] bytes(Response.Body body) throws Exception {
    if (body instanceof Response.Bytes complete) {
      return complete.bytes().clone();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ((Response.Stream) body).writer().writeTo(out);
    return out.toByteArray();
  }

  /** The HTTP status. */
  public int status() {
    return response.status();
  }

  /** The headers, as the function set them. */
  public Map<String, List<String>> headers() {
    return response.headers();
  }

  /**
   * The first value of a header.
   *
   * @param name the header's name, in any case
   * @return its first value, or empty
   */
  public Optional<String> header(String name) {
    return headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(header -> header.getValue().get(0))
        .findFirst();
  }

  /** The {@code Content-Type} header. */
  public Optional<String> contentType() {
    return header("Content-Type");
  }

  /** The body; empty if there is none. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * The body as text, in the charset of the content type, or in UTF-8 if that names none.
   *
   * @throws java.nio.charset.UnsupportedCharsetException if this JDK does not know the charset
   * @throws java.nio.charset.IllegalCharsetNameException if it is not a charset's name
   */
  public String text() {
    return new String(bytes, charset());
  }

  private Charset charset() {
    return contentType()
        .map(CHARSET::matcher)
        .filter(Matcher::find)
        .map(matcher -> Charset.forName(matcher.group(1)))
        .orElse(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "TestResponse[status="
        + status()
        + ", headers="
        + headers()
        + ", bytes="
        + bytes.length
        + "]";
  }
}
