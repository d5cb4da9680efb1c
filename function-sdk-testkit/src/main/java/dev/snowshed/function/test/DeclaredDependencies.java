package dev.snowshed.function.test;

import dev.snowshed.function.spi.DependencyDescriptor;
import dev.snowshed.function.spi.FunctionBinding;
import java.util.List;
import java.util.ServiceLoader;

/** What the functions on the class path declare of their dependencies. */
final class DeclaredDependencies {

  private DeclaredDependencies() {}

  /**
   * The dependencies of a function, or of all.
   *
   * @param function its name, or empty for all
   * @throws IllegalArgumentException if there is no such function
   */
  static List<DependencyDescriptor> of(String function, ClassLoader loader) {
    List<FunctionBinding> bindings =
        ServiceLoader.load(FunctionBinding.class, loader).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> function.isEmpty() || each.descriptor().name().equals(function))
            .toList();
    if (bindings.isEmpty() && !function.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no function named '" + function + "' on the class path");
    }
    return bindings.stream().flatMap(each -> each.descriptor().dependencies().stream()).toList();
  }
}
