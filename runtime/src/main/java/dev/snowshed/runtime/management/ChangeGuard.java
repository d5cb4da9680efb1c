package dev.snowshed.runtime.management;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may change something through the management port.
 *
 * <p>With a token configured, its bearer. Without one, callers of a port that is bound to a
 * loopback address, and then only under a loopback name, so that a web page whose name resolves to
 * this machine is kept out. A browser's request from another site never.
 */
public final class ChangeGuard {
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final Optional<String> token;
  private final boolean loopback;

  /**
   * A guard of one port.
   *
   * @param token what has to be sent as a bearer, if configured
   * @param loopback whether the port is bound to a loopback address
   */
  public ChangeGuard(Optional<String> token, boolean loopback) {
    this.token = token;
    this.loopback = loopback;
  }

  /**
   * A refusal.
   *
   * @param status the HTTP status
   * @param reason its stable name
   * @param detail for people
   */
  record Denial(int status, String reason, String detail) {}

  /** The same handler, for those who may change something; others are told why they may not. */
  public Handler<RoutingContext> guarded(Handler<RoutingContext> action) {
    return context ->
        check(context.request())
            .ifPresentOrElse(
                denial ->
                    ManagementAnswer.problem(
                        context, denial.status(), denial.reason(), denial.detail()),
                () -> action.handle(context));
  }

  /** Why a request may not change anything, or empty if it may. */
  Optional<Denial> check(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    Map<String, String> headers =
        request.headers().entries().stream()
            .collect(
                Collectors.toMap(
                    entry -> entry.getKey().toLowerCase(Locale.ROOT),
                    Map.Entry::getValue,
                    (first, second) -> first));
    return check(authority == null ? "" : hostAndPort(authority), headers);
  }

  Optional<Denial> check(String authority, Map<String, String> headers) {
    if (isFromElsewhere(authority, headers)) {
      return Optional.of(new Denial(403, "cross-site", "Requests from other sites are refused."));
    }
    if (token.isPresent()) {
      return isBearer(headers.get("authorization"), token.get())
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
    return isLoopbackName(authority)
        ? Optional.empty()
        : Optional.of(
            new Denial(
                403,
                "foreign-host",
                "Without a token, use localhost, 127.0.0.1 or [::1] as host."));
  }

  private static boolean isFromElsewhere(String authority, Map<String, String> headers) {
    String site = headers.get("sec-fetch-site");
    String origin = headers.get("origin");
    return (site != null && !OWN_SITES.contains(site))
        || (origin != null && !isOwn(origin, authority));
  }

  private static boolean isOwn(String origin, String authority) {
    try {
      return authority.equalsIgnoreCase(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isBearer(@Nullable String authorization, String token) {
    byte[] expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    byte[] sent =
        authorization == null ? new byte[0] : authorization.getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, sent);
  }

  private static boolean isLoopbackName(String authority) {
    String host = authority.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static String hostAndPort(HostAndPort authority) {
    return authority.port() < 0 ? authority.host() : authority.host() + ":" + authority.port();
  }
}
