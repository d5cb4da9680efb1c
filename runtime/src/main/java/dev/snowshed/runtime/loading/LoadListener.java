package dev.snowshed.runtime.loading;

/** Is told of every load. Called by the deployer's thread; must not block. */
public interface LoadListener {

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
