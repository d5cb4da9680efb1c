package dev.snowshed.runtime.loading;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which function answers to which name now. Look-ups are wait-free but for a swap in the same
 * instant; changes are made by the one thread of {@link BundleDeployer}.
 */
public final class FunctionRegistry {

  /** Replaced as a whole; written only by the deployer's thread. */
  private volatile Map<String, LoadedFunction> functions = Map.of();

  /**
   * Finds a function and takes a lease on its bundle, to be returned with {@link
   * LoadedBundle#release}.
   *
   * @param name the function's name
   * @return the function, or null if there is none of that name
   */
  public @Nullable LoadedFunction acquire(String name) {
    while (true) {
      LoadedFunction function = functions.get(name);
      if (function == null || function.bundle().acquire()) {
        return function;
      }
      Thread.onSpinWait();
    }
  }

  /** The functions now, by name. */
  public Map<String, LoadedFunction> functions() {
    return functions;
  }

  /** The name of the only function, or empty if there are none or several. */
  public Optional<String> only() {
    Map<String, LoadedFunction> now = functions;
    return now.size() == 1 ? Optional.of(now.keySet().iterator().next()) : Optional.empty();
  }

  /**
   * Puts the functions of a bundle in the place of those of its predecessor, in one step.
   *
   * @throws LoadException if another bundle serves a function of the same name; nothing is changed
   */
  void replace(@Nullable LoadedBundle predecessor, LoadedBundle successor) throws LoadException {
    Map<String, LoadedFunction> next = without(predecessor);
    for (LoadedFunction function : successor.functions()) {
      LoadedFunction other = next.putIfAbsent(function.name(), function);
      if (other != null) {
        throw new LoadException(
            LoadProblem.DUPLICATE_NAME,
            successor.location().name()
                + " has a function named '"
                + function.name()
                + "', which "
                + other.bundle().location().path()
                + " already serves. Rename one of them, or remove one of the bundles.");
      }
    }
    functions = Map.copyOf(next);
  }

  /** Takes the functions of a bundle away. */
  void remove(LoadedBundle bundle) {
    functions = Map.copyOf(without(bundle));
  }

  private Map<String, LoadedFunction> without(@Nullable LoadedBundle bundle) {
    Map<String, LoadedFunction> rest = new HashMap<>(functions);
    rest.values().removeIf(function -> function.bundle() == bundle);
    return rest;
  }
}
