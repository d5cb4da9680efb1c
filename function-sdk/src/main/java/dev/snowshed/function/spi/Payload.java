package dev.snowshed.function.spi;

import java.lang.reflect.Type;
import java.util.Objects;

/**
 * What goes into a function or comes out of it. Immutable.
 *
 * @param kind how it travels
 * @param type its Java type: a class, or an implementation of {@link
 *     java.lang.reflect.ParameterizedType} or {@link java.lang.reflect.GenericArrayType} made by
 *     {@link Types}; {@code void.class} for {@link Kind#NONE}
 */
public record Payload(Kind kind, Type type) {

  /** How a payload travels. */
  public enum Kind {
    /** There is none. */
    NONE,
    /** Text: {@link String}. */
    TEXT,
    /** Bytes: {@code byte[]}. */
    BYTES,
    /** JSON. */
    JSON,
    /** The raw {@link dev.snowshed.function.Request} or {@link dev.snowshed.function.Response}. */
    HTTP,
    /** {@code io.cloudevents.CloudEvent}. */
    CLOUD_EVENT
  }

  /** No payload. */
  public static final Payload NONE = new Payload(Kind.NONE, void.class);

  /** Checks that nothing is null. */
  public Payload {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(type, "type");
  }
}
