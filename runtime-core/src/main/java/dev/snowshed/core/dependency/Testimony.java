package dev.snowshed.core.dependency;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one source has seen, up to some time.
 *
 * @param source who has seen it
 * @param sequence grows with what the source has seen
 * @param ageNanos the time since it was taken; 0 or more
 * @param strata by dependency, the oldest first
 */
public record Testimony(
    String source, long sequence, long ageNanos, Map<String, List<Stratum>> strata) {
  /**
   * Copies, and checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Testimony {
    if (source.isBlank() || ageNanos < 0) {
      throw new IllegalArgumentException(
          "source must not be blank and ageNanos be 0 or more, were \""
              + source
              + "\" and "
              + ageNanos);
    }
    Map<String, List<Stratum>> copy = new TreeMap<>();
    strata.forEach((name, list) -> copy.put(name, List.copyOf(list)));
    strata = Collections.unmodifiableMap(copy);
  }

  /** The same, so much later. */
  Testimony aged(long nanos) {
    Map<String, List<Stratum>> older = new TreeMap<>();
    strata.forEach(
        (name, list) -> older.put(name, list.stream().map(each -> each.aged(nanos)).toList()));
    long age = ageNanos + Math.max(0, nanos);
    return new Testimony(source, sequence, age < 0 ? Long.MAX_VALUE : age, older);
  }

  /** The same without what is older. */
  Testimony within(long windowNanos) {
    Map<String, List<Stratum>> young = new TreeMap<>();
    strata.forEach(
        (name, list) -> {
          List<Stratum> kept = new ArrayList<>(list);
          kept.removeIf(each -> each.newestNanos() > windowNanos);
          if (!kept.isEmpty()) {
            young.put(name, kept);
          }
        });
    return new Testimony(source, sequence, ageNanos, young);
  }

  /** The one of two of the same source that has seen more. */
  static Testimony later(Testimony one, Testimony other) {
    if (one.sequence != other.sequence) {
      return one.sequence > other.sequence ? one : other;
    }
    return one.ageNanos >= other.ageNanos ? one : other;
  }
}
