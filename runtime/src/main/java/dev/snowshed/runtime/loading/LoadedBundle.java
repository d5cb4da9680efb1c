package dev.snowshed.runtime.loading;

import dev.snowshed.function.spi.FunctionBinding;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One load of one bundle. Calls hold a lease while they run; once retired, no further lease is
 * given, and when the last has been returned the bundle may be stopped. Safe for concurrent use.
 *
 * <pre>
 *   serving (n leases) --retire--> retired (n leases) --last release--> idle --stop--> stopped
 * </pre>
 */
public final class LoadedBundle {
  private static final int RETIRED = 1 << 31;

  /** The number of leases, and {@link #RETIRED} as the sign bit. */
  private final AtomicInteger leases = new AtomicInteger();

  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private final BundleLocation location;
  private final BundleVersion version;
  private final Instant loadedAt;
  private final ClassLoader classLoader;
  private final List<LoadedFunction> functions;
  private final Hooks hooks;

  LoadedBundle(
      BundleLocation location,
      BundleVersion version,
      Instant loadedAt,
      ClassLoader classLoader,
      Hooks hooks,
      FunctionFactory factory)
      throws LoadException {
    this.location = location;
    this.version = version;
    this.loadedAt = loadedAt;
    this.classLoader = classLoader;
    this.hooks = hooks;
    this.functions = List.copyOf(factory.functionsOf(this));
  }

  /** Makes the functions that belong to a bundle. */
  @FunctionalInterface
  interface FunctionFactory {
    List<LoadedFunction> functionsOf(LoadedBundle bundle) throws LoadException;
  }

  /** Stops what was started and releases what was opened. */
  @FunctionalInterface
  interface Hooks {
    void stop();
  }

  /** A handler instance and a binding that knows its hooks. */
  record Started(FunctionBinding binding, Object instance) {}

  /** Where it came from. */
  public BundleLocation location() {
    return location;
  }

  /** What its maker called it, and its content's digest. */
  public BundleVersion version() {
    return version;
  }

  /** When it was loaded. */
  public Instant loadedAt() {
    return loadedAt;
  }

  /** Its functions. */
  public List<LoadedFunction> functions() {
    return functions;
  }

  /** The context class loader of its calls. */
  public ClassLoader classLoader() {
    return classLoader;
  }

  /**
   * Takes a lease for one call.
   *
   * @return false if the bundle has been retired
   */
  boolean acquire() {
    int current;
    do {
      current = leases.get();
      if (current < 0) {
        return false;
      }
    } while (!leases.compareAndSet(current, current + 1));
    return true;
  }

  /** Returns a lease. */
  public void release() {
    if (leases.decrementAndGet() == RETIRED) {
      idle.complete(null);
    }
  }

  /**
   * Gives no further lease.
   *
   * @return completes when the last lease has been returned
   */
  CompletableFuture<Void> retire() {
    if (leases.getAndUpdate(count -> count | RETIRED) == 0) {
      idle.complete(null);
    }
    return idle;
  }

  /** Runs the stop hooks and closes the class loader. To be called once, when idle. */
  void stop() {
    hooks.stop();
  }
}
