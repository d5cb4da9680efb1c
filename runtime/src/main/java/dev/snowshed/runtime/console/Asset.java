package dev.snowshed.runtime.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Something that the console serves.
 *
 * @param contentType its media type
 * @param body its bytes as text
 * @param tag its entity tag (RFC 9110), which is another one when the body is
 */
record Asset(String contentType, String body, String tag) {
  private static final int TAG_BYTES = 12;

  static Asset of(String contentType, String body) {
    return new Asset(contentType, body, tag(body));
  }

  private static String tag(String body) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
