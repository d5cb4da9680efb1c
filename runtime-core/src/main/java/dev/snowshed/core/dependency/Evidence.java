package dev.snowshed.core.dependency;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What several sources have seen of a function and its dependencies. Merging is associative,
 * commutative and idempotent: of each source the latest testimony counts, once. Immutable.
 *
 * @param function its name
 * @param testimonies by source
 */
public record Evidence(String function, Map<String, Testimony> testimonies) {
  /**
   * Copies, and checks that each testimony stands under its source.
   *
   * @throws IllegalArgumentException if one does not
   */
  public Evidence {
    testimonies.forEach(
        (source, testimony) -> {
          if (!testimony.source().equals(source)) {
            throw new IllegalArgumentException(
                "the testimony of \"" + testimony.source() + "\" stands under \"" + source + '"');
          }
        });
    testimonies = Collections.unmodifiableMap(new TreeMap<>(testimonies));
  }

  /** Evidence of nothing. */
  public static Evidence none(String function) {
    return new Evidence(function, Map.of());
  }

  /**
   * Both together.
   *
   * @throws IllegalArgumentException if the other is of another function
   */
  public Evidence merge(Evidence other) {
    if (!other.function.equals(function)) {
      throw new IllegalArgumentException(
          "evidence of \"" + other.function + "\" says nothing of \"" + function + '"');
    }
    Map<String, Testimony> all = new TreeMap<>(testimonies);
    other.testimonies.forEach((source, each) -> all.merge(source, each, Testimony::later));
    return new Evidence(function, all);
  }

  Evidence with(Testimony testimony) {
    return merge(new Evidence(function, Map.of(testimony.source(), testimony)));
  }

  /**
   * The same, so much later: for evidence that was kept in a file.
   *
   * @param nanos since then; below 0 counts as 0
   */
  public Evidence aged(long nanos) {
    Map<String, Testimony> older = new TreeMap<>();
    testimonies.forEach((source, each) -> older.put(source, each.aged(nanos)));
    return new Evidence(function, older);
  }

  /** All strata about a dependency. */
  List<List<Stratum>> of(String dependency) {
    return testimonies.values().stream()
        .map(each -> each.strata().getOrDefault(dependency, List.of()))
        .filter(list -> !list.isEmpty())
        .toList();
  }
}
