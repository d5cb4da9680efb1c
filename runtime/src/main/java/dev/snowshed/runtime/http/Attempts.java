package dev.snowshed.runtime.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request repeats one that failed: {@code X-Request-Attempt} or {@code
 * x-envoy-attempt-count} (Envoy) above 1, where 1 is the first attempt, or {@code
 * grpc-previous-rpc-attempts} (gRPC) above 0. What others send is ignored if it is malformed.
 */
final class Attempts {
  private static final CharSequence PLAIN = HttpHeaders.createOptimized("x-request-attempt");
  private static final CharSequence ENVOY = HttpHeaders.createOptimized("x-envoy-attempt-count");
  private static final CharSequence GRPC =
      HttpHeaders.createOptimized("grpc-previous-rpc-attempts");
  private static final int MALFORMED = -1;
  private static final int MOST_DIGITS = 8;

  private Attempts() {}

  static boolean isRetry(MultiMap headers) throws Refusal {
    String plain = headers.get(PLAIN);
    return (plain != null && own(plain) > 1)
        || number(headers.get(ENVOY)) > 1
        || number(headers.get(GRPC)) > 0;
  }

  private static int own(String value) throws Refusal {
    int attempt = number(value);
    if (attempt < 1) {
      throw Refusal.of(
          Reason.BAD_HEADER,
          "Header X-Request-Attempt was '"
              + value
              + "'; it has to be 1 for the first attempt, 2 for the first retry and so on, up to 8"
              + " digits.");
    }
    return attempt;
  }

  private static int number(@Nullable String value) {
    if (value == null || value.isEmpty() || value.length() > MOST_DIGITS) {
      return MALFORMED;
    }
    int number = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return MALFORMED;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
