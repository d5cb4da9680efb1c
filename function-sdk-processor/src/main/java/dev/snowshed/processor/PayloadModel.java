package dev.snowshed.processor;

import dev.snowshed.function.spi.Payload;
import javax.lang.model.type.TypeMirror;

/**
 * A function's input or output.
 *
 * @param kind how it travels
 * @param type its type; {@code void} or {@code Void} for none
 */
record PayloadModel(Payload.Kind kind, TypeMirror type) {}
