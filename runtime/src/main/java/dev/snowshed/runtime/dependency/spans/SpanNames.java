package dev.snowshed.runtime.dependency.spans;

import dev.snowshed.function.spi.DependencyDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a dependency is called of which only spans are known. The first of these that a span has:
 *
 * <ol>
 *   <li>the name of the service: {@code service.peer.name}, {@code peer.service}
 *   <li>of a database {@code SYSTEM.NAMESPACE}, of a message broker {@code SYSTEM.DESTINATION};
 *       {@code SYSTEM.ADDRESS} without the second
 *   <li>the address, with the port unless that is 80 or 443
 *   <li>the service of a remote procedure call
 *   <li>the span's own name
 * </ol>
 *
 * <p>Each in the words of the stable semantic conventions and in those that came before. What may
 * not stand in a name becomes {@code _}.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/">Semantic conventions</a>
 */
final class SpanNames {
  private static final int LONGEST = DependencyDescriptor.MAX_NAME_LENGTH;
  private static final Set<String> USUAL_PORTS = Set.of("80", "443");

  private static final List<String> PEER = List.of("service.peer.name", "peer.service");
  private static final List<String> DB = List.of("db.system.name", "db.system");
  private static final List<String> DB_NAMESPACE = List.of("db.namespace", "db.name");
  private static final List<String> BROKER = List.of("messaging.system");
  private static final String TEMPORARY = "messaging.destination.temporary";
  private static final String ANONYMOUS = "messaging.destination.anonymous";
  private static final List<String> DESTINATION =
      List.of(
          "messaging.destination.template", "messaging.destination.name", "messaging.destination");
  private static final List<String> ADDRESS =
      List.of("server.address", "net.peer.name", "net.sock.peer.name", "net.peer.ip");
  private static final List<String> PORT = List.of("server.port", "net.peer.port");
  private static final List<String> RPC = List.of("rpc.service");

  /** The attributes that name a dependency. */
  static final Set<String> KEYS =
      Set.copyOf(
          Stream.of(
                  PEER,
                  DB,
                  DB_NAMESPACE,
                  BROKER,
                  DESTINATION,
                  List.of(TEMPORARY, ANONYMOUS),
                  ADDRESS,
                  PORT,
                  RPC)
              .flatMap(List::stream)
              .toList());

  private SpanNames() {}

  /** A name as that of any dependency. */
  static String of(SpanFacts span) {
    return Stream.of(
            first(span, PEER),
            within(first(span, DB), first(span, DB_NAMESPACE), span),
            within(first(span, BROKER), destination(span), span),
            address(span),
            first(span, RPC),
            span.name())
        .filter(Objects::nonNull)
        .filter(name -> !name.isBlank())
        .findFirst()
        .map(SpanNames::clean)
        .orElse("unnamed");
  }

  private static @Nullable String within(
      @Nullable String system, @Nullable String part, SpanFacts span) {
    String where = part == null ? first(span, ADDRESS) : part;
    return system == null || where == null ? system : system + '.' + where;
  }

  /** A destination that lives for one conversation names nothing. */
  private static @Nullable String destination(SpanFacts span) {
    boolean passing = isTrue(span.get(TEMPORARY)) || isTrue(span.get(ANONYMOUS));
    return passing ? null : first(span, DESTINATION);
  }

  private static boolean isTrue(@Nullable String value) {
    return "true".equals(value);
  }

  private static @Nullable String address(SpanFacts span) {
    String host = first(span, ADDRESS);
    String port = first(span, PORT);
    return host == null || port == null || USUAL_PORTS.contains(port)
        ? lower(host)
        : lower(host) + ':' + port;
  }

  private static @Nullable String lower(@Nullable String host) {
    return host == null ? null : host.toLowerCase(Locale.ROOT);
  }

  private static @Nullable String first(SpanFacts span, List<String> keys) {
    for (String key : keys) {
      String value = span.get(key);
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }

  private static String clean(String name) {
    String stripped = name.strip();
    StringBuilder clean = new StringBuilder(Math.min(LONGEST, stripped.length()));
    for (int i = 0; i < stripped.length() && i < LONGEST; i++) {
      char c = stripped.charAt(i);
      clean.append(DependencyDescriptor.isNameCharacter(c) ? c : '_');
    }
    return clean.toString();
  }
}
