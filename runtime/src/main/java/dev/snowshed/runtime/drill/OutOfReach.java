package dev.snowshed.runtime.drill;

import java.util.List;

/** Says why some dependencies cannot be taken away. */
final class OutOfReach {
  private OutOfReach() {}

  static String told(List<String> dependencies) {
    return "The function calls "
        + String.join(", ", dependencies)
        + " by itself, as its OpenTelemetry spans tell: nothing can be injected there. Call it"
        + " through context.dependency(name) to have it drilled.";
  }

  /** The same behind another sentence; empty if there are none. */
  static String hint(List<String> dependencies) {
    return dependencies.isEmpty() ? "" : " " + told(dependencies);
  }
}
