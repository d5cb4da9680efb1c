package dev.snowshed.benchmarks.http;

import java.net.URI;
import java.util.Optional;

/** Tells whether a target works. */
@FunctionalInterface
public interface Probe {

  /**
   * Calls a target once.
   *
   * @param uri where its function is
   * @return what is wrong with the answer; empty if it is right
   */
  Optional<String> complaint(URI uri) throws InterruptedException;
}
