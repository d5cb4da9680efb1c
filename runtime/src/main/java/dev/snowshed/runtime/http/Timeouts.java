package dev.snowshed.runtime.http;

import io.vertx.core.MultiMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time a caller leaves for its request: the smallest of {@code grpc-timeout} (gRPC over
 * HTTP/2), {@code x-envoy-expected-rq-timeout-ms} (Envoy) and {@code X-Request-Timeout}
 * (milliseconds).
 */
final class Timeouts {
  private static final String GRPC = "grpc-timeout";
  private static final String ENVOY = "x-envoy-expected-rq-timeout-ms";
  private static final String PLAIN = "x-request-timeout";
  private static final int MOST_DIGITS = 8;

  private Timeouts() {}

  /**
   * The time left for a request.
   *
   * @param headers its headers
   * @param declaredNanos the function's own timeout
   * @return the smallest of all, in nanoseconds; the caller can shorten, never lengthen
   */
  static long nanos(MultiMap headers, long declaredNanos) throws Refusal {
    long nanos = declaredNanos;
    nanos = Math.min(nanos, grpcNanos(headers.get(GRPC)));
    nanos = Math.min(nanos, millis(ENVOY, headers.get(ENVOY)));
    return Math.min(nanos, millis(PLAIN, headers.get(PLAIN)));
  }

  private static long grpcNanos(@Nullable String value) throws Refusal {
    if (value == null) {
      return Long.MAX_VALUE;
    }
    int digits = value.length() - 1;
    TimeUnit unit =
        switch (value.isEmpty() ? ' ' : value.charAt(digits)) {
          case 'H' -> TimeUnit.HOURS;
          case 'M' -> TimeUnit.MINUTES;
          case 'S' -> TimeUnit.SECONDS;
          case 'm' -> TimeUnit.MILLISECONDS;
          case 'u' -> TimeUnit.MICROSECONDS;
          case 'n' -> TimeUnit.NANOSECONDS;
          default -> throw malformed(GRPC, value, "up to 8 digits and one of H, M, S, m, u, n");
        };
    if (!isNumber(value, digits)) {
      throw malformed(GRPC, value, "up to 8 digits and one of H, M, S, m, u, n");
    }
    return unit.toNanos(Long.parseLong(value, 0, digits, 10));
  }

  private static long millis(String name, @Nullable String value) throws Refusal {
    if (value == null) {
      return Long.MAX_VALUE;
    }
    if (!isNumber(value, value.length())) {
      throw malformed(name, value, "up to 8 digits, in milliseconds");
    }
    return TimeUnit.MILLISECONDS.toNanos(Long.parseLong(value));
  }

  private static boolean isNumber(String value, int digits) {
    return digits >= 1
        && digits <= MOST_DIGITS
        && value.chars().limit(digits).allMatch(c -> c >= '0' && c <= '9');
  }

  private static Refusal malformed(String name, String value, String allowed) {
    return Refusal.of(
        Reason.BAD_HEADER,
        "Header " + name + " was '" + value + "'; it has to be " + allowed + ".");
  }
}
