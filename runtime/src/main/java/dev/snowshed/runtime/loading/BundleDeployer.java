package dev.snowshed.runtime.loading;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the functions that are served in step with the bundles that are there.
 *
 * <p>A new or changed bundle is loaded beside the version that serves and takes over in one step;
 * the predecessor is stopped once its last call has ended. A bundle that fails to load changes
 * nothing but its own status. A bundle that is gone is stopped after a delay, so that a file which
 * is replaced by deleting and writing it loses no call.
 *
 * <p>All methods but {@link #statuses} are to be called by one thread at a time.
 */
final class BundleDeployer {
  private static final Logger LOG = Logger.getLogger(BundleDeployer.class);

  private final Supplier<List<BundleLocation>> locations;
  private final BundleLoader loader;
  private final FunctionRegistry registry;
  private final LoadListener listener;
  private final Executor stopper;
  private final Duration removalDelay;
  private final Clock clock;

  private final Map<Path, Seen> seen = new HashMap<>();

  /** Replaced as a whole; written only by the calling thread. */
  private volatile Map<Path, BundleStatus> statuses = Map.of();

  /**
   * What was seen of a bundle.
   *
   * @param fingerprint at the last look; null if it was gone
   * @param tried the fingerprint that was last tried to load; null if none was
   * @param goneSince when it was first seen gone; null while it is there
   */
  private record Seen(
      @Nullable Fingerprint fingerprint,
      @Nullable Fingerprint tried,
      @Nullable Instant goneSince) {}

  BundleDeployer(
      Supplier<List<BundleLocation>> locations,
      BundleLoader loader,
      FunctionRegistry registry,
      LoadListener listener,
      Executor stopper,
      Duration removalDelay,
      Clock clock) {
    this.locations = locations;
    this.loader = loader;
    this.registry = registry;
    this.listener = listener;
    this.stopper = stopper;
    this.removalDelay = removalDelay;
    this.clock = clock;
  }

  /** How every known bundle is doing, in the order in which they were found. */
  List<BundleStatus> statuses() {
    return List.copyOf(statuses.values());
  }

  /** Loads everything that is there, without waiting for files to settle. */
  void loadAll() {
    locations.get().forEach(this::deploy);
  }

  /**
   * Looks once at every bundle, loads what is new or changed and has not changed since the last
   * look, and stops what has been gone for long enough.
   */
  void scan() {
    Set<Path> present = new LinkedHashSet<>();
    for (BundleLocation location : locations.get()) {
      present.add(location.path());
      look(location);
    }
    for (BundleStatus status : statuses()) {
      if (!present.contains(status.location().path())) {
        look(status.location());
      }
    }
  }

  /** Loads a bundle now, without waiting for its files to settle. */
  void deploy(BundleLocation location) {
    Fingerprint now = Fingerprint.of(location.path()).orElse(null);
    seen.put(location.path(), new Seen(now, now, null));
    load(location);
  }

  /**
   * Loads the bundle of a function again, changed or not.
   *
   * @param function the function's name
   * @return the bundle's status afterwards, or empty if there is no function of that name
   */
  Optional<BundleStatus> reload(String function) {
    LoadedFunction loaded = registry.functions().get(function);
    if (loaded == null) {
      return Optional.empty();
    }
    BundleLocation location = loaded.bundle().location();
    load(location);
    return Optional.ofNullable(statuses.get(location.path()));
  }

  /** Stops every bundle; completes when all are stopped. */
  CompletableFuture<Void> stopAll() {
    List<CompletableFuture<Void>> stops = new ArrayList<>();
    for (BundleStatus status : statuses()) {
      status
          .serving()
          .ifPresent(
              bundle -> {
                registry.remove(bundle);
                stops.add(retire(bundle));
              });
    }
    statuses = Map.of();
    return CompletableFuture.allOf(stops.toArray(CompletableFuture[]::new));
  }

  private void look(BundleLocation location) {
    if (location.kind() == BundleLocation.Kind.CLASS_PATH) {
      return;
    }
    Path path = location.path();
    Fingerprint now = Fingerprint.of(path).orElse(null);
    Seen before = seen.get(path);
    if (now == null) {
      lookAtGone(location, before);
      return;
    }
    boolean settled = before != null && now.equals(before.fingerprint());
    boolean untried = before == null || !now.equals(before.tried());
    if (settled && untried) {
      seen.put(path, new Seen(now, now, null));
      load(location);
    } else {
      seen.put(path, new Seen(now, before == null ? null : before.tried(), null));
    }
  }

  private void lookAtGone(BundleLocation location, @Nullable Seen before) {
    Instant now = clock.instant();
    Instant goneSince = before == null || before.goneSince() == null ? now : before.goneSince();
    seen.put(location.path(), new Seen(null, before == null ? null : before.tried(), goneSince));
    boolean due = !Duration.between(goneSince, now).minus(removalDelay).isNegative();
    BundleStatus status = statuses.get(location.path());
    if (due && status != null && status.serving().isPresent()) {
      remove(location, status.serving().get());
    } else if (due && status != null && !locations.get().contains(location)) {
      forget(location);
    }
  }

  private void remove(BundleLocation location, LoadedBundle bundle) {
    registry.remove(bundle);
    retryDuplicates();
    CompletableFuture<Void> _ = retire(bundle);
    seen.remove(location.path());
    if (locations.get().contains(location)) {
      put(BundleStatus.unloaded(location));
      fail(
          location,
          new LoadException(
              LoadProblem.VANISHED,
              location.path()
                  + " is gone, so its functions "
                  + names(bundle)
                  + " were stopped. Put it back, or take it off the list."));
    } else {
      LOG.infof("%s was removed: stopped %s", location.path(), names(bundle));
      forget(location);
    }
  }

  private void load(BundleLocation location) {
    BundleStatus before = statuses.getOrDefault(location.path(), BundleStatus.unloaded(location));
    LoadedBundle predecessor = before.serving().orElse(null);
    try {
      LoadedBundle bundle = loader.load(location);
      try {
        registry.replace(predecessor, bundle);
      } catch (LoadException e) {
        bundle.stop();
        throw e;
      }
      if (location.kind() == BundleLocation.Kind.CLASS_PATH && bundle.functions().isEmpty()) {
        return;
      }
      put(before.loaded(bundle));
      LOG.infof(
          "%s %s%s: %s",
          predecessor == null ? "Loaded" : "Swapped",
          location.name(),
          bundle.version().name().isEmpty() ? "" : " " + bundle.version().name(),
          names(bundle));
      listener.loaded(bundle, predecessor != null);
      if (predecessor != null) {
        retryDuplicates();
        CompletableFuture<Void> _ = retire(predecessor);
      }
    } catch (LoadException e) {
      fail(location, e);
    } catch (RuntimeException | Error e) {
      fail(
          location,
          new LoadException(
              LoadProblem.INVALID_BINDING, location.path() + " could not be loaded: " + e, e));
    }
  }

  /** Notes that a bundle could not be loaded, and says so. */
  void fail(BundleLocation location, LoadException e) {
    BundleStatus before = statuses.getOrDefault(location.path(), BundleStatus.unloaded(location));
    put(
        before.failed(
            new BundleStatus.Failure(
                e.problem(), String.valueOf(e.getMessage()), clock.instant())));
    LOG.errorf(
        "%s [%s] %s",
        e.getMessage(),
        e.problem().label(),
        before.serving().isPresent()
            ? "The version loaded before goes on serving."
            : "The other functions are not affected.");
    LOG.debugf(e, "Loading %s failed", location.path());
    listener.failed(location, e.problem());
  }

  private CompletableFuture<Void> retire(LoadedBundle bundle) {
    return bundle
        .retire()
        .thenRunAsync(
            () -> {
              bundle.stop();
              listener.stopped(bundle);
            },
            stopper);
  }

  /** Has the bundles whose names were taken tried again: a name may have become free. */
  private void retryDuplicates() {
    for (BundleStatus status : statuses()) {
      Seen before = seen.get(status.location().path());
      boolean nameTaken =
          status.failure().filter(f -> f.problem() == LoadProblem.DUPLICATE_NAME).isPresent();
      if (nameTaken && before != null) {
        seen.put(status.location().path(), new Seen(before.fingerprint(), null, null));
      }
    }
  }

  private void put(BundleStatus status) {
    Map<Path, BundleStatus> next = new LinkedHashMap<>(statuses);
    next.put(status.location().path(), status);
    statuses = next;
  }

  private void forget(BundleLocation location) {
    Map<Path, BundleStatus> next = new LinkedHashMap<>(statuses);
    next.remove(location.path());
    statuses = next;
    seen.remove(location.path());
  }

  private static List<String> names(LoadedBundle bundle) {
    return bundle.functions().stream().map(LoadedFunction::name).toList();
  }
}
