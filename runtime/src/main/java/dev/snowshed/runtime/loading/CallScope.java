package dev.snowshed.runtime.loading;

import java.util.concurrent.Callable;

/** Runs a function's own code so that its log lines and its class look-ups are its own. */
public interface CallScope {

  /**
   * Runs an action with the function's class loader as context class loader, and restores it.
   *
   * @param function the function's name
   * @param loader its class loader
   * @param action what to run
   * @return what the action returns
   * @throws Exception what the action throws
   */
  <T> T call(String function, ClassLoader loader, Callable<T> action) throws Exception;
}
