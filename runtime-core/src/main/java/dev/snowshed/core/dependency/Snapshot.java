package dev.snowshed.core.dependency;

import java.util.List;

/**
 * What is known of the dependencies of a function.
 *
 * @param function its name
 * @param calls how many of its calls, of those that called a dependency, have ended here
 * @param edges its dependencies, in the order in which they were met
 */
public record Snapshot(String function, long calls, List<EdgeSnapshot> edges) {
  /** Copies the list. */
  public Snapshot {
    edges = List.copyOf(edges);
  }
}
