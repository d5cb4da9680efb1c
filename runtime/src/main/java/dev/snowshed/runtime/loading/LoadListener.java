package dev.snowshed.runtime.loading;

import java.util.List;

/** Is told of every load. Called by the deployer's thread; must not block. */
public interface LoadListener {

  /**
   * Tells several, one after another.
   *
   * @param listeners who is told
   */
  static LoadListener all(LoadListener... listeners) {
    List<LoadListener> each = List.of(listeners);
    return new LoadListener() {
      @Override
      public void loaded(LoadedBundle bundle, boolean swap) {
        each.forEach(listener -> listener.loaded(bundle, swap));
      }

      @Override
      public void failed(BundleLocation location, LoadProblem problem) {
        each.forEach(listener -> listener.failed(location, problem));
      }

      @Override
      public void stopped(LoadedBundle bundle) {
        each.forEach(listener -> listener.stopped(bundle));
      }
    };
  }

  /**
   * A bundle now serves.
   *
   * @param bundle the bundle
   * @param swap whether it took over from a predecessor
   */
  void loaded(LoadedBundle bundle, boolean swap);

  /**
   * A bundle could not be loaded.
   *
   * @param location where it lies
   * @param problem what went wrong
   */
  void failed(BundleLocation location, LoadProblem problem);

  /**
   * A bundle was stopped.
   *
   * @param bundle the bundle
   */
  void stopped(LoadedBundle bundle);
}
