package dev.snowshed.runtime.loading;

import dev.snowshed.function.spi.FunctionDescriptor;
import dev.snowshed.function.spi.Payload;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a function accepts and gives over HTTP: its declaration with the defaults filled in.
 *
 * @param methods the HTTP methods that reach the function, {@code HEAD} included; empty for every
 *     one
 * @param allow the {@code Allow} header that says so, {@code OPTIONS} included
 * @param consumes the media types or ranges accepted; empty for any
 * @param produces the media type of its output; empty where each answer states its own
 */
public record Contract(
    Set<String> methods, String allow, List<MediaType> consumes, String produces) {
  private static final List<String> EVERY_METHOD =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  /** Copies the collections. */
  public Contract {
    methods = Set.copyOf(methods);
    consumes = List.copyOf(consumes);
  }

  static Contract of(FunctionDescriptor descriptor) {
    Set<String> methods = new LinkedHashSet<>(methods(descriptor));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    Set<String> allowed = new LinkedHashSet<>(methods.isEmpty() ? EVERY_METHOD : methods);
    allowed.add("OPTIONS");
    return new Contract(
        methods, String.join(", ", allowed), consumes(descriptor), produces(descriptor));
  }

  private static List<String> methods(FunctionDescriptor descriptor) {
    if (!descriptor.methods().isEmpty()) {
      return descriptor.methods();
    }
    return switch (descriptor.input().kind()) {
      case NONE -> List.of("GET", "POST");
      case HTTP -> List.of();
      case TEXT, BYTES, JSON, CLOUD_EVENT -> List.of("POST", "PUT");
    };
  }

  private static List<MediaType> consumes(FunctionDescriptor descriptor) {
    List<String> declared =
        descriptor.consumes().isEmpty()
            ? switch (descriptor.input().kind()) {
              case JSON -> List.of("application/json", "application/*+json");
              case TEXT -> List.of("text/*");
              case NONE, BYTES, HTTP, CLOUD_EVENT -> List.of();
            }
            : descriptor.consumes();
    return declared.stream().map(MediaType::require).toList();
  }

  private static String produces(FunctionDescriptor descriptor) {
    if (!descriptor.produces().isEmpty()) {
      return textWithCharset(descriptor.produces(), descriptor.output().kind());
    }
    return switch (descriptor.output().kind()) {
      case JSON -> "application/json";
      case TEXT -> "text/plain;charset=utf-8";
      case BYTES -> "application/octet-stream";
      case NONE, HTTP, CLOUD_EVENT -> "";
    };
  }

  private static String textWithCharset(String mediaType, Payload.Kind kind) {
    boolean states = mediaType.contains("charset");
    return kind == Payload.Kind.TEXT && !states ? mediaType + ";charset=utf-8" : mediaType;
  }
}
