package dev.snowshed.runtime.metrics;

import dev.snowshed.core.dependency.EdgeSnapshot;
import dev.snowshed.core.dependency.Snapshot;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The meters of what functions depend on. They show what was last given to {@link #show}, for a
 * verdict is too dear to be found anew with each scrape. Their number is bounded by the functions
 * and the dependencies that are told apart of each. Not safe for concurrent use.
 */
public final class DependencyMeters {
  private final MeterRegistry registry;
  private final Map<Line, EdgeMeters> shown = new HashMap<>();

  /**
   * From a function to a dependency.
   *
   * @param function the function's name
   * @param dependency the dependency's name
   */
  record Line(String function, String dependency) {}

  /**
   * No meters yet.
   *
   * @param registry where they will be
   */
  public DependencyMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Shows this, and nothing that was there before and is gone.
   *
   * @param functions what is known of all functions
   * @param isOpen tells for function and dependency whether the circuit breaker is open
   */
  public void show(List<Snapshot> functions, BiPredicate<String, String> isOpen) {
    Set<Line> gone = new HashSet<>(shown.keySet());
    for (Snapshot function : functions) {
      for (EdgeSnapshot edge : function.edges()) {
        Line line = new Line(function.function(), edge.dependency());
        gone.remove(line);
        shown
            .computeIfAbsent(line, _ -> new EdgeMeters(registry, line))
            .show(edge, isOpen.test(line.function(), line.dependency()));
      }
    }
    gone.forEach(this::remove);
  }

  private void remove(Line line) {
    EdgeMeters meters = shown.remove(line);
    if (meters != null) {
      meters.remove();
    }
  }
}
