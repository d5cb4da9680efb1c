package dev.snowshed.runtime.http;

import dev.snowshed.function.spi.Payload;
import dev.snowshed.runtime.loading.Contract;
import dev.snowshed.runtime.loading.LoadedFunction;
import dev.snowshed.runtime.loading.MediaType;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks method, content type and acceptable types against what a function takes and gives. */
final class Negotiation {
  private Negotiation() {}

  static void checkMethod(LoadedFunction function, String method) throws Refusal {
    Contract contract = function.contract();
    if (!contract.methods().isEmpty() && !contract.methods().contains(method)) {
      throw Refusal.with(
          Reason.METHOD_NOT_ALLOWED,
          "Function '" + function.name() + "' takes " + contract.allow() + ", not " + method + ".",
          "Allow",
          contract.allow());
    }
  }

  static void checkContentType(LoadedFunction function, MultiMap headers) throws Refusal {
    List<MediaType> consumes = function.contract().consumes();
    if (consumes.isEmpty()) {
      return;
    }
    String header = headers.get(HttpHeaders.CONTENT_TYPE);
    if (header == null) {
      if (hasBody(headers)) {
        throw unsupported(function, "no Content-Type was sent");
      }
      return;
    }
    if (header.equals("application/json") && isJson(function)) {
      return;
    }
    Optional<MediaType> sent = MediaType.parse(header);
    if (sent.isEmpty() || consumes.stream().noneMatch(range -> range.covers(sent.get()))) {
      throw unsupported(function, "'" + header + "' was sent");
    }
  }

  static void checkAccept(LoadedFunction function, MultiMap headers) throws Refusal {
    String accept = headers.get(HttpHeaders.ACCEPT);
    String produces = function.contract().produces();
    if (accept == null || accept.equals("*/*") || produces.isEmpty()) {
      return;
    }
    List<MediaType> ranges = MediaType.parseList(accept);
    Optional<MediaType> produced = MediaType.parse(produces);
    if (produced.isPresent() && !ranges.isEmpty() && !produced.get().acceptedBy(ranges)) {
      throw Refusal.of(
          Reason.NOT_ACCEPTABLE,
          "Function '"
              + function.name()
              + "' gives "
              + produces
              + ", which Accept: "
              + accept
              + " does not allow.");
    }
  }

  static boolean hasBody(MultiMap headers) {
    @Nullable String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    return length == null ? headers.contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals("0");
  }

  private static boolean isJson(LoadedFunction function) {
    return function.descriptor().input().kind() == Payload.Kind.JSON
        && function.descriptor().consumes().isEmpty();
  }

  private static Refusal unsupported(LoadedFunction function, String sent) {
    return Refusal.of(
        Reason.UNSUPPORTED_MEDIA_TYPE,
        "Function '"
            + function.name()
            + "' takes "
            + String.join(
                ", ", function.contract().consumes().stream().map(MediaType::toString).toList())
            + "; "
            + sent
            + ".");
  }
}
