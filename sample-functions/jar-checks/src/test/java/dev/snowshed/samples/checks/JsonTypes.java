package dev.snowshed.samples.checks;

import dev.snowshed.function.spi.FunctionDescriptor;
import dev.snowshed.function.spi.Payload;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the types that a function's JSON is made of. */
final class JsonTypes {
  private final Set<String> names = new TreeSet<>();

  private JsonTypes() {}

  /** The names of the types of a function's input and output and of all they consist of. */
  static Set<String> of(FunctionDescriptor function) {
    var types = new JsonTypes();
    Stream.of(function.input(), function.output())
        .filter(payload -> payload.kind() == Payload.Kind.JSON)
        .forEach(payload -> types.add(payload.type()));
    return types.names;
  }

  private void add(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      add(parameterized.getRawType());
      Stream.of(parameterized.getActualTypeArguments()).forEach(this::add);
    } else if (type instanceof Class<?> found) {
      add(found);
    } else {
      throw new IllegalArgumentException("this check does not know " + type + " yet");
    }
  }

  private void add(Class<?> type) {
    if (type.isPrimitive() || type.getName().startsWith("java.")) {
      return;
    }
    if (!type.isRecord()) {
      throw new IllegalArgumentException("this check knows records only, not " + type + " yet");
    }
    if (names.add(type.getName())) {
      for (RecordComponent component : type.getRecordComponents()) {
        add(component.getGenericType());
      }
    }
  }
}
