package dev.snowshed.runtime.management;

import dev.snowshed.core.dependency.EdgeSnapshot;
import dev.snowshed.core.dependency.Snapshot;
import dev.snowshed.runtime.dependency.Breaker;
import dev.snowshed.runtime.dependency.FunctionGuards;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The dependencies of one function, as they are shown.
 *
 * @param function its name
 * @param calls how many of its calls, of those that called a dependency, have ended
 * @param edges its dependencies, by name
 */
record DependencyView(String function, long calls, List<EdgeView> edges) {

  /**
   * One of them.
   *
   * @param edge what is known of it
   * @param breaker whether calls get through
   * @param sources where calls are known from
   */
  record EdgeView(EdgeSnapshot edge, Breaker breaker, List<String> sources) {
    Health health() {
      return Health.of(edge, breaker);
    }
  }

  /** Those of all functions that have any, by name. */
  static List<DependencyView> of(Collection<FunctionGuards> functions, long nowNanos) {
    return functions.stream()
        .map(each -> of(each.statistics().snapshot(nowNanos), each::breaker, each::sources))
        .filter(view -> !view.edges().isEmpty())
        .sorted(Comparator.comparing(DependencyView::function))
        .toList();
  }

  static DependencyView of(
      Snapshot snapshot,
      Function<String, Breaker> breakers,
      Function<String, List<String>> sources) {
    return new DependencyView(
        snapshot.function(),
        snapshot.calls(),
        snapshot.edges().stream()
            .map(
                edge ->
                    new EdgeView(
                        edge, breakers.apply(edge.dependency()), sources.apply(edge.dependency())))
            .sorted(Comparator.comparing(view -> view.edge().dependency()))
            .toList());
  }
}
