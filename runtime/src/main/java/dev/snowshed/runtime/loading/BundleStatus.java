package dev.snowshed.runtime.loading;

import java.time.Instant;
import java.util.Optional;

/**
 * How one bundle is doing.
 *
 * @param location where it lies
 * @param serving the load that serves now; empty if none does
 * @param loads how many times it has been loaded successfully
 * @param failure the last failure, if nothing was loaded successfully since
 */
public record BundleStatus(
    BundleLocation location, Optional<LoadedBundle> serving, int loads, Optional<Failure> failure) {

  /**
   * Why a load failed.
   *
   * @param problem what went wrong
   * @param message for the person who made the bundle
   * @param at when
   */
  public record Failure(LoadProblem problem, String message, Instant at) {}

  static BundleStatus unloaded(BundleLocation location) {
    return new BundleStatus(location, Optional.empty(), 0, Optional.empty());
  }

  BundleStatus loaded(LoadedBundle bundle) {
    return new BundleStatus(location, Optional.of(bundle), loads + 1, Optional.empty());
  }

  BundleStatus failed(Failure failure) {
    return new BundleStatus(location, serving, loads, Optional.of(failure));
  }
}
