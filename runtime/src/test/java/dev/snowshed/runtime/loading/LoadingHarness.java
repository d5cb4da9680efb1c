package dev.snowshed.runtime.loading;

import dev.snowshed.function.Context;
import dev.snowshed.runtime.logging.CurrentCall;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A deployer over a drop folder, on a clock that stands still, with everything on one thread. */
final class LoadingHarness implements AutoCloseable {
  final Path folder;
  final FunctionRegistry registry = new FunctionRegistry();
  final List<LoadProblem> failures = new ArrayList<>();
  final List<String> stopped = new ArrayList<>();
  final BundleDeployer deployer;
  private final Staging staging;
  private Instant now = Instant.EPOCH;
  int openTelemetryAsked;

  LoadingHarness(Path folder, Path stagingFolder) {
    this.folder = folder;
    this.staging = Staging.below(Optional.of(stagingFolder));
    InstantSource source = () -> now;
    Clock clock = source.withZone(ZoneOffset.UTC);
    this.deployer =
        new BundleDeployer(
            () -> BundleLocation.inDropFolder(folder),
            new BundleLoader(
                staging,
                function -> FunctionSettings.NONE,
                new CurrentCall(),
                () -> openTelemetryAsked++,
                clock),
            registry,
            new LoadListener() {
              @Override
              public void loaded(LoadedBundle bundle, boolean swap) {}

              @Override
              public void failed(BundleLocation location, LoadProblem problem) {
                failures.add(problem);
              }

              @Override
              public void stopped(LoadedBundle bundle) {
                stopped.add(bundle.location().name());
              }
            },
            Runnable::run,
            Duration.ofSeconds(2),
            clock);
  }

  void advance(Duration time) {
    now = now.plus(time);
  }

  /** Looks twice, as what has changed is loaded once it has settled. */
  void settle() {
    deployer.scan();
    deployer.scan();
  }

  @Nullable Object call(String function, @Nullable Object input) throws Exception {
    LoadedFunction found = acquire(function);
    try {
      return found.invoke(input, context());
    } finally {
      found.bundle().release();
    }
  }

  LoadedFunction acquire(String function) {
    return Objects.requireNonNull(registry.acquire(function), function);
  }

  BundleStatus.Failure failure(String bundle) {
    return deployer.statuses().stream()
        .filter(status -> status.location().name().equals(bundle))
        .flatMap(status -> status.failure().stream())
        .findFirst()
        .orElseThrow(() -> new AssertionError(bundle + " did not fail: " + deployer.statuses()));
  }

  static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            LoadingHarness.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  @Override
  public void close() {
    staging.close();
  }
}
