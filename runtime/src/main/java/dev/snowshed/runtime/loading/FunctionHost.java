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
  private final List<DevProject> projects;
  private final Staging staging;
  private final BundleDeployer deployer;
  private final ScheduledExecutorService loading =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("snowshed-loader").daemon().factory());
  private final ExecutorService stopping = Executors.newVirtualThreadPerTaskExecutor();
  private final CompletableFuture<Void> givenUp = new CompletableFuture<>();
  private volatile boolean ready;

  /** Whether sources that count as compiled may not serve yet. Written by the loading thread. */
  private volatile boolean compiling;

  private volatile @Nullable Future<?> watching;

  /**
   * A host that has loaded nothing yet.
   *
   * @param config where functions come from
   * @param dev the projects that it compiles itself
   * @param settings what the configuration says about each
   * @param registry where they are put
   * @param scope how their own code is run
   * @param openTelemetry runs, again and again, before a function gets to see OpenTelemetry
   * @param listener who is told
   */
  public FunctionHost(
      HostConfig.Functions config,
      HostConfig.Dev dev,
      FunctionSettings.Source settings,
      FunctionRegistry registry,
      CallScope scope,
      Runnable openTelemetry,
      LoadListener listener) {
    this.config = config;
    this.projects = dev.projects().orElse(List.of()).stream().map(DevProject::new).toList();
    this.staging = Staging.below(config.stagingDir());
    Clock clock = Clock.systemUTC();
    this.deployer =
        new BundleDeployer(
            this::locations,
            new BundleLoader(staging, settings, scope, openTelemetry, clock),
            registry,
            listener,
            stopping,
            config.removalDelay(),
            clock);
  }

  /**
   * Loads everything, then watches if configured. Returns when all bundles have been tried, or when
   * it is given up.
   */
  public void start() {
    CompletableFuture<Void> loaded = CompletableFuture.runAsync(this::loadAll, loading);
    CompletableFuture.anyOf(loaded, givenUp).join();
    if (!loaded.isDone()) {
      return;
    }
    ready = true;
    if (config.watch()) {
      long millis = Math.max(10, config.watchInterval().toMillis());
      watching = loading.scheduleWithFixedDelay(this::scan, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** Has {@link #start} return at once: the host stops, and start hooks need not end for that. */
  public void giveUpStart() {
    boolean _ = givenUp.complete(null);
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

  /** Whether the host compiles projects itself. */
  public boolean isDevelopment() {
    return !projects.isEmpty();
  }

  /** Compiles and loads the projects whose sources have changed; completes when they serve. */
  public CompletableFuture<Void> refresh() {
    return projects.stream().anyMatch(DevProject::isStale) || compiling
        ? CompletableFuture.runAsync(this::compileStale, loading)
        : CompletableFuture.completedFuture(null);
  }

  /**
   * Why the sources of a function do not compile.
   *
   * @param function the function's name
   * @return the errors, or empty if they compile, or no project has that function
   */
  public Optional<String> compilationErrors(String function) {
    return statuses().stream()
        .filter(status -> concerns(status, function))
        .flatMap(status -> status.failure().stream())
        .filter(failure -> failure.problem() == LoadProblem.COMPILATION)
        .map(BundleStatus.Failure::message)
        .findFirst();
  }

  private static boolean concerns(BundleStatus status, String function) {
    return status
        .serving()
        .map(bundle -> bundle.functions().stream().anyMatch(f -> f.name().equals(function)))
        .orElse(true);
  }

  /** Stops every bundle, waiting a moment for the last calls, and removes the copies. */
  @Override
  public void close() {
    try {
      Future<?> watch = watching;
      if (watch != null) {
        watch.cancel(false);
      }
      stopAll().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
    } catch (RuntimeException e) {
      LOG.warnf("Functions with calls still running were not stopped in order: %s", e);
    }
    loading.shutdownNow();
    stopping.shutdownNow();
    staging.close();
  }

  private CompletableFuture<Void> stopAll() {
    if (ready) {
      return CompletableFuture.runAsync(() -> deployer.stopAll().join(), loading);
    }
    List<Runnable> _ = loading.shutdownNow();
    return CompletableFuture.runAsync(
        () -> {
          loading.close();
          deployer.stopAll().join();
        },
        stopping);
  }

  private void loadAll() {
    for (DevProject project : projects) {
      compile(project);
    }
    deployer.loadAll();
  }

  private void compileStale() {
    compiling = true;
    try {
      for (DevProject project : projects) {
        if (project.isStale() && compile(project)) {
          deployer.deploy(project.location());
        }
      }
    } finally {
      compiling = false;
    }
  }

  private boolean compile(DevProject project) {
    try {
      project.compile();
      return true;
    } catch (LoadException e) {
      deployer.fail(project.location(), e);
      return false;
    }
  }

  private void scan() {
    try {
      compileStale();
      deployer.scan();
    } catch (RuntimeException e) {
      LOG.error("Looking for changed bundles failed; it is tried again", e);
    }
  }

  private List<BundleLocation> locations() {
    List<BundleLocation> locations = new ArrayList<>();
    locations.add(BundleLocation.CLASS_PATH);
    projects.forEach(project -> locations.add(project.location()));
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
