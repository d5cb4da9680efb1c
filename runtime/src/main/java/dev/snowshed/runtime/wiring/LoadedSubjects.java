package dev.snowshed.runtime.wiring;

import dev.snowshed.core.dependency.Declared;
import dev.snowshed.core.dependency.FunctionDependencies;
import dev.snowshed.runtime.dependency.FunctionGuards;
import dev.snowshed.runtime.dependency.HostDependencies;
import dev.snowshed.runtime.drill.Subjects;
import dev.snowshed.runtime.loading.FunctionRegistry;
import dev.snowshed.runtime.loading.LoadedFunction;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The loaded functions, with the dependencies that they declare or were seen to call. */
final class LoadedSubjects implements Subjects {
  private final FunctionRegistry registry;
  private final Supplier<HostDependencies> dependencies;

  LoadedSubjects(FunctionRegistry registry, Supplier<HostDependencies> dependencies) {
    this.registry = registry;
    this.dependencies = dependencies;
  }

  @Override
  public Optional<Subject> find(String function) {
    return Optional.ofNullable(registry.functions().get(function))
        .map(
            loaded -> {
              Map<String, Declared> known = known(loaded);
              return new Subject(
                  Duration.ofNanos(loaded.timeoutNanos()), known, outOfReach(loaded, known));
            });
  }

  @Override
  public Map<String, Map<String, Declared>> all() {
    Map<String, Map<String, Declared>> all = new TreeMap<>();
    registry.functions().forEach((name, loaded) -> all.put(name, known(loaded)));
    return all;
  }

  private Set<String> outOfReach(LoadedFunction function, Map<String, Declared> known) {
    FunctionGuards guards = dependencies.get().of(function);
    return known.keySet().stream()
        .filter(name -> guards.isObserved(name) && !guards.isCalled(name))
        .collect(Collectors.toSet());
  }

  private Map<String, Declared> known(LoadedFunction function) {
    Map<String, Declared> known = new TreeMap<>();
    dependencies.get().of(function).statistics().snapshot(System.nanoTime()).edges().stream()
        .filter(edge -> !edge.dependency().equals(FunctionDependencies.OTHER))
        .forEach(edge -> known.put(edge.dependency(), edge.declared()));
    return known;
  }
}
