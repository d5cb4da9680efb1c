package dev.snowshed.processor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows the classes that cannot be an input or output, and what to use instead. */
final class UnsupportedTypes {
  private static final String STREAM_HINT =
      "for a streaming body take a dev.snowshed.function.Request or return a"
          + " dev.snowshed.function.Response";
  private static final String COLLECTION_HINT = "use a collection, or " + STREAM_HINT;
  private static final String PROCESS_HINT =
      "it is a part of the running program; use a record of the values you need";
  private static final String JSON_TREE_HINT =
      "JSON trees of a library do not cross to the host; use java.util.Map<String, Object>, or"
          + " String to parse the text yourself";
  private static final String OPTIONAL_HINT =
      "use the type itself, where null stands for nothing; a component of a record may be Optional";

  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("java.lang.Class", PROCESS_HINT),
          Map.entry("java.lang.ClassLoader", PROCESS_HINT),
          Map.entry("java.lang.Module", PROCESS_HINT),
          Map.entry("java.lang.Process", PROCESS_HINT),
          Map.entry("java.lang.ProcessBuilder", PROCESS_HINT),
          Map.entry("java.lang.Runtime", PROCESS_HINT),
          Map.entry("java.lang.System", PROCESS_HINT),
          Map.entry("java.lang.Thread", PROCESS_HINT),
          Map.entry("java.lang.ThreadGroup", PROCESS_HINT),
          Map.entry("java.lang.ThreadLocal", PROCESS_HINT),
          Map.entry("java.lang.Runnable", PROCESS_HINT),
          Map.entry("java.util.concurrent.Callable", PROCESS_HINT),
          Map.entry("java.util.concurrent.Future", "use java.util.concurrent.CompletionStage"),
          Map.entry("java.util.concurrent.Executor", PROCESS_HINT),
          Map.entry("java.util.concurrent.ExecutorService", PROCESS_HINT),
          Map.entry("java.util.concurrent.Flow.Publisher", COLLECTION_HINT),
          Map.entry("java.util.Iterator", COLLECTION_HINT),
          Map.entry("java.util.Spliterator", COLLECTION_HINT),
          Map.entry("java.util.Scanner", STREAM_HINT));

  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("java.io", STREAM_HINT),
          Map.entry("java.nio.channels", STREAM_HINT),
          Map.entry("java.util.stream", COLLECTION_HINT),
          Map.entry("java.util.function", PROCESS_HINT),
          Map.entry("java.lang.ref", PROCESS_HINT),
          Map.entry("java.lang.reflect", PROCESS_HINT),
          Map.entry("java.lang.invoke", PROCESS_HINT),
          Map.entry("java.net.http", "use a record of the values you need"),
          Map.entry("dev.snowshed.function.spi", "it is for the host only"));

  private static final List<String> JSON_TREES =
      List.of(
          "com.fasterxml.jackson.core.",
          "com.fasterxml.jackson.databind.",
          "tools.jackson.",
          "com.google.gson.",
          "jakarta.json.",
          "javax.json.",
          "org.json.");

  private static final Set<String> OPTIONALS =
      Set.of(
          "java.util.Optional",
          "java.util.OptionalInt",
          "java.util.OptionalLong",
          "java.util.OptionalDouble");

  private UnsupportedTypes() {}

  /**
   * What to do instead of using a class, or empty if it can be used.
   *
   * @param packageName the class's package
   * @param name the class's qualified name
   * @param nested whether it is a type argument or array component of an input or output
   */
  static Optional<String> hint(String packageName, String name, boolean nested) {
    if (OPTIONALS.contains(name) && !nested) {
      return Optional.of(OPTIONAL_HINT);
    }
    if (JSON_TREES.stream().anyMatch(name::startsWith)) {
      return Optional.of(JSON_TREE_HINT);
    }
    return Optional.ofNullable(CLASSES.getOrDefault(name, PACKAGES.get(packageName)));
  }
}
