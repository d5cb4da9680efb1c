package dev.snowshed.runtime.management;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who may change something through the management port.
 *
 * <p>With a token configured, its bearer. Without one, callers of a port that is bound to a
 * loopback address, and then only under a loopback name, so that a web page whose name resolves to
 * this machine is kept out. A browser's request from another site never.
 */
final class ChangeGuard {
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final Optional<String> token;
  private final boolean loopback;

  ChangeGuard(Optional<String> token, boolean loopback) {
    this.token = token;
    this.loopback = loopback;
  }

  /**
   * Why a request may not change anything.
   *
   * @return the status to refuse it with and why, or empty if it may
   */
  Optional<Denial> check(HttpServerRequest request) {
    String site = request.getHeader("sec-fetch-site");
    String origin = request.getHeader("origin");
    if ((site != null && !OWN_SITES.contains(site))
        || (origin != null && !isOwn(origin, request))) {
      return Optional.of(new Denial(403, "cross-site", "Requests from other sites are refused."));
    }
    if (token.isPresent()) {
      return isBearer(request.getHeader("authorization"), token.get())
          ? Optional.empty()
          : Optional.of(
              new Denial(
                  401,
                  "token-required",
                  "Send Authorization: Bearer and the token set as snowshed.management.token."));
    }
    if (!loopback) {
      return Optional.of(
          new Denial(
              403,
              "no-token-configured",
              "This port is not bound to a loopback address, so changes need a token: set"
                  + " snowshed.management.token."));
    }
    return isLoopbackName(request)
        ? Optional.empty()
        : Optional.of(
            new Denial(
                403,
                "foreign-host",
                "Without a token, use localhost, 127.0.0.1 or [::1] as host."));
  }

  /**
   * A refusal.
   *
   * @param status the HTTP status
   * @param reason its stable name
   * @param detail for people
   */
  record Denial(int status, String reason, String detail) {}

  private static boolean isOwn(String origin, HttpServerRequest request) {
    try {
      return request.authority() != null
          && request.authority().toString().equalsIgnoreCase(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isBearer(String authorization, String token) {
    byte[] expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    byte[] sent =
        authorization == null ? new byte[0] : authorization.getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, sent);
  }

  private static boolean isLoopbackName(HttpServerRequest request) {
    String host = request.authority() == null ? "" : request.authority().host();
    return host.equalsIgnoreCase("localhost")
        || host.startsWith("127.")
        || host.equals("[::1]")
        || host.equals("::1");
  }
}
