package dev.snowshed.runtime.lifecycle;

import dev.snowshed.core.lifecycle.Lifecycle;
import dev.snowshed.core.lifecycle.LifecycleState;
import dev.snowshed.runtime.loading.FunctionHost;
import dev.snowshed.runtime.loading.FunctionRegistry;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes the host from its start into rotation: over the loading of its functions, until one serves
 * or there is none, and their warm-up. Safe for concurrent use.
 */
public final class StartUp {
  private final Lifecycle lifecycle;
  private final FunctionHost functions;
  private final FunctionRegistry registry;
  private final WarmUp warmUp;
  private final AtomicBoolean warming = new AtomicBoolean();
  private volatile boolean portIsOpen;

  /**
   * At the beginning.
   *
   * @param lifecycle is told
   * @param functions load
   * @param registry those that are served
   * @param warmUp calls them for the first time
   */
  public StartUp(
      Lifecycle lifecycle, FunctionHost functions, FunctionRegistry registry, WarmUp warmUp) {
    this.lifecycle = lifecycle;
    this.functions = functions;
    this.registry = registry;
    this.warmUp = warmUp;
  }

  /** The function port takes requests. */
  public void portOpened() {
    portIsOpen = true;
    advance();
  }

  /** Goes as far as it can for now; never blocks. To be called whenever something has happened. */
  public void advance() {
    if (state() == LifecycleState.STARTING && functions.isReady() && isServing()) {
      lifecycle.loaded(System.nanoTime());
    }
    if (state() == LifecycleState.WARMING && isWarmable() && warming.compareAndSet(false, true)) {
      warmUp.run(() -> lifecycle.warmed(System.nanoTime()));
    }
  }

  /** Whether some function is served, unless there is none to be served. */
  public boolean isServing() {
    return !registry.functions().isEmpty()
        || functions.statuses().stream().allMatch(status -> status.failure().isEmpty());
  }

  private boolean isWarmable() {
    return portIsOpen || warmUp.isEmpty();
  }

  private LifecycleState state() {
    return lifecycle.status().state();
  }
}
