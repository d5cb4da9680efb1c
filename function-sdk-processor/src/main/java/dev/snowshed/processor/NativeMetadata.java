package dev.snowshed.processor;

import dev.snowshed.function.spi.FunctionBinding;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes what a GraalVM native image must know of a function, in the format of {@code
 * reachability-metadata-schema-v1.0.0.json} and later (GraalVM for JDK 23 and later): the
 * constructors, methods and fields of its JSON types, and what {@link java.util.ServiceLoader}
 * needs to find the binding. The record components and permitted subclasses of a registered type
 * come with it.
 */
final class NativeMetadata {
  private static final String MEMBERS =
      ", \"allDeclaredConstructors\": true, \"allDeclaredMethods\": true,"
          + " \"allDeclaredFields\": true";
  private static final String CONSTRUCTOR =
      ", \"methods\": [{\"name\": \"<init>\", \"parameterTypes\": []}]";

  private NativeMetadata() {}

  static String path(String binding) {
    return "META-INF/native-image/dev.snowshed.functions/"
        + binding
        + "/reachability-metadata.json";
  }

  static String write(String binding, NavigableSet<String> classes, NavigableSet<String> arrays) {
    TreeMap<String, String> entries = new TreeMap<>();
    classes.forEach(name -> entries.put(name, MEMBERS));
    arrays.forEach(name -> entries.put(name, ""));
    entries.put(binding, CONSTRUCTOR);
    String reflection =
        entries.entrySet().stream()
            .map(entry -> "    {\"type\": \"" + entry.getKey() + "\"" + entry.getValue() + "}")
            .collect(Collectors.joining(",\n"));
    return "{\n  \"reflection\": [\n"
        + reflection
        + "\n  ],\n  \"resources\": [\n    {\"glob\": \"META-INF/services/"
        + FunctionBinding.class.getName()
        + "\"}\n  ]\n}\n";
  }
}
