package dev.snowshed.core.dependency.drill;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done to one call of a function.
 *
 * @param dependencies whose calls are disturbed: one, or two at once; none in a control
 * @param fault how; null in a control
 */
public record Treatment(List<String> dependencies, @Nullable Fault fault) {
  /** Nothing is done. */
  public static final Treatment CONTROL = new Treatment(List.of(), null);

  /**
   * Copies, and checks.
   *
   * @throws IllegalArgumentException if there are more than two dependencies, or a fault without
   *     dependencies, or the reverse
   */
  public Treatment {
    dependencies = List.copyOf(dependencies);
    if (dependencies.size() > 2 || dependencies.isEmpty() != (fault == null)) {
      throw new IllegalArgumentException(
          "a treatment is of one or two dependencies with a fault, or of none without, was "
              + dependencies
              + " with "
              + fault);
    }
  }

  /** Whether nothing is done. */
  public boolean isControl() {
    return fault == null;
  }
}
