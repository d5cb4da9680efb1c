package dev.snowshed.runtime.admission;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.admission.Pool;
import dev.snowshed.function.Execution;
import dev.snowshed.runtime.loading.BundleLocation;
import dev.snowshed.runtime.loading.FunctionRegistry;
import dev.snowshed.runtime.loading.LoadListener;
import dev.snowshed.runtime.loading.LoadProblem;
import dev.snowshed.runtime.loading.LoadedBundle;
import dev.snowshed.runtime.loading.LoadedFunction;
import dev.snowshed.runtime.metrics.HostMeters;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The doors of all functions, by name. One is opened when its function is loaded for the first
 * time, outlasts swaps, and is taken away when no version of the function is left. Safe for
 * concurrent use.
 */
public final class Doors implements LoadListener {
  private final AdmissionController controller;
  private final HostMeters meters;
  private final FunctionRegistry registry;
  private final LimitMemory memory;
  private final ConcurrentMap<String, Door> doors = new ConcurrentHashMap<>();

  /**
   * No doors yet.
   *
   * @param controller opens their gates
   * @param meters counts
   * @param registry the functions that are served
   * @param memory where their limits begin
   */
  public Doors(
      AdmissionController controller,
      HostMeters meters,
      FunctionRegistry registry,
      LimitMemory memory) {
    this.controller = controller;
    this.meters = meters;
    this.registry = registry;
    this.memory = memory;
  }

  /**
   * The door of a function.
   *
   * @param function the name of a loaded function
   */
  public Door of(String function) {
    Door door = doors.get(function);
    return door != null ? door : doors.computeIfAbsent(function, this::open);
  }

  /** The door of a function, if it has one already. */
  public Optional<Door> find(String function) {
    return Optional.ofNullable(doors.get(function));
  }

  private Door open(String function) {
    return new Door(controller.open(function, memory.initialLimit(function)), meters.of(function));
  }

  @Override
  public void loaded(LoadedBundle bundle, boolean swap) {
    for (LoadedFunction function : bundle.functions()) {
      Execution execution = function.descriptor().execution();
      of(function.name())
          .gate()
          .startsOn(execution == Execution.PLATFORM_THREAD ? Pool.PLATFORM : Pool.SHARED);
    }
    meters.loaded(bundle, swap);
  }

  @Override
  public void failed(BundleLocation location, LoadProblem problem) {
    meters.failed(location, problem);
  }

  @Override
  public void stopped(LoadedBundle bundle) {
    for (LoadedFunction function : bundle.functions()) {
      doors.computeIfPresent(function.name(), this::unlessGone);
    }
    meters.stopped(bundle);
  }

  private @Nullable Door unlessGone(String function, Door door) {
    if (registry.functions().containsKey(function) || !controller.close(door.gate())) {
      return door;
    }
    meters.forget(function);
    return null;
  }
}
