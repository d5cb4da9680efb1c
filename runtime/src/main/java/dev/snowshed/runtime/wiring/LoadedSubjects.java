package dev.snowshed.runtime.wiring;

import dev.snowshed.core.dependency.Declared;
import dev.snowshed.function.Strength;
import dev.snowshed.runtime.drill.Subjects;
import dev.snowshed.runtime.loading.FunctionRegistry;
import dev.snowshed.runtime.loading.LoadedFunction;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The loaded functions, with what they declare of their dependencies. */
final class LoadedSubjects implements Subjects {
  private final FunctionRegistry registry;

  LoadedSubjects(FunctionRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Optional<Subject> find(String function) {
    return Optional.ofNullable(registry.functions().get(function))
        .map(
            loaded -> new Subject(Duration.ofNanos(loaded.timeoutNanos()), dependencies(loaded)));
  }

  @Override
  public Map<String, Map<String, Declared>> all() {
    Map<String, Map<String, Declared>> all = new TreeMap<>();
    registry.functions().forEach((name, loaded) -> all.put(name, dependencies(loaded)));
    return all;
  }

  private static Map<String, Declared> dependencies(LoadedFunction function) {
    Map<String, Declared> dependencies = new TreeMap<>();
    function
        .descriptor()
        .dependencies()
        .forEach(each -> dependencies.put(each.name(), declared(each.strength())));
    return dependencies;
  }

  private static Declared declared(Strength strength) {
    return switch (strength) {
      case STRONG -> Declared.STRONG;
      case WEAK -> Declared.WEAK;
      case UNDECLARED -> Declared.UNDECLARED;
    };
  }
}
