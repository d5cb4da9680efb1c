package dev.snowshed.runtime.loading;

import dev.snowshed.runtime.config.HostConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Loads the configured bundles at start, watches them, and stops them. Everything that loads runs
 * on one thread of its own; stop hooks run apart, so that one that hangs holds up nothing. Safe for
 * concurrent use.
 */
public final class FunctionHost implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(FunctionHost.class);

  private static final int STOP_SECONDS = 10;

  private final HostConfig.Functions config;
  private final Staging staging;
  private final BundleDeployer deployer;
  private final ScheduledExecutorService loading =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("snowshed-loader").daemon().factory());
  private final ExecutorService stopping = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean ready;
  private volatile @Nullable Future<?> watching;

  /**
   * A host that has loaded nothing yet.
   *
   * @param config where functions come from
   * @param settings what the configuration says about each
   * @param registry where they are put
   * @param scope how their own code is run
   * @param listener who is told
   */
  public FunctionHost(
      HostConfig.Functions config,
      FunctionSettings.Source settings,
      FunctionRegistry registry,
      CallScope scope,
      LoadListener listener) {
    this.config = config;
    this.staging = Staging.below(config.stagingDir());
    Clock clock = Clock.systemUTC();
    this.deployer =
        new BundleDeployer(
            this::locations,
            new BundleLoader(staging, settings, scope, clock),
            registry,
            listener,
            stopping,
            config.removalDelay(),
            clock);
  }

  /** Loads everything, then watches if configured. Returns when all bundles have been tried. */
  public void start() {
    CompletableFuture.runAsync(deployer::loadAll, loading).join();
    ready = true;
    if (config.watch()) {
      long millis = Math.max(10, config.watchInterval().toMillis());
      watching = loading.scheduleWithFixedDelay(this::scan, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** Whether every bundle has been tried once. */
  public boolean isReady() {
    return ready;
  }

  /** How every known bundle is doing. */
  public List<BundleStatus> statuses() {
    return deployer.statuses();
  }

  /**
   * Loads the bundle of a function again.
   *
   * @param function the function's name
   * @return the bundle's status afterwards, or empty if there is no function of that name
   */
  public CompletableFuture<Optional<BundleStatus>> reload(String function) {
    return CompletableFuture.supplyAsync(() -> deployer.reload(function), loading);
  }

  /** Looks at every bundle now, twice, so that what has settled is loaded when this completes. */
  public CompletableFuture<Void> rescan() {
    return CompletableFuture.runAsync(this::scan, loading).thenRunAsync(this::scan, loading);
  }

  /** Stops every bundle, waiting a moment for the last calls, and removes the copies. */
  @Override
  public void close() {
    try {
      Future<?> watch = watching;
      if (watch != null) {
        watch.cancel(false);
      }
      CompletableFuture.runAsync(() -> deployer.stopAll().join(), loading)
          .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (RuntimeException e) {
      LOG.warnf("Functions with calls still running were not stopped in order: %s", e);
    }
    loading.shutdownNow();
    stopping.shutdownNow();
    staging.close();
  }

  private void scan() {
    try {
      deployer.scan();
    } catch (RuntimeException e) {
      LOG.error("Looking for changed bundles failed; it is tried again", e);
    }
  }

  private List<BundleLocation> locations() {
    List<BundleLocation> locations = new ArrayList<>();
    locations.add(BundleLocation.CLASS_PATH);
    config
        .dir()
        .ifPresent(
            dir -> locations.addAll(BundleLocation.inDropFolder(dir.toAbsolutePath().normalize())));
    config
        .paths()
        .ifPresent(paths -> paths.forEach(path -> locations.addAll(BundleLocation.at(path))));
    return locations;
  }
}
