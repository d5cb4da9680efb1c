package dev.snowshed.processor;

import java.util.List;

/**
 * The start and stop hooks of a function class, each in the order of their calls.
 *
 * @param start the start hooks
 * @param stop the stop hooks
 */
record Hooks(List<Hook> start, List<Hook> stop) {

  /** Whether the compiler would warn of a call to one of them. */
  boolean deprecated() {
    return start.stream().anyMatch(Hook::deprecated) || stop.stream().anyMatch(Hook::deprecated);
  }

  /**
   * A hook.
   *
   * @param method its name
   * @param takesConfiguration whether it takes a {@link dev.snowshed.function.Configuration}
   * @param deprecated whether the compiler would warn of a call to it
   */
  record Hook(String method, boolean takesConfiguration, boolean deprecated) {}
}
