package dev.snowshed.runtime.drill;

import dev.snowshed.core.dependency.Declared;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What can be drilled on a host. Safe for concurrent use. */
public interface Subjects {

  /**
   * A function.
   *
   * @param budget how long a call of it may take
   * @param dependencies those it declares and those it was seen to call, with what its author says
   * @param outOfReach those of them that it calls, but never through the host
   */
  record Subject(Duration budget, Map<String, Declared> dependencies, Set<String> outOfReach) {}

  /** A loaded function. */
  Optional<Subject> find(String function);

  /** The dependencies of all loaded functions, by the function's name. */
  Map<String, Map<String, Declared>> all();
}
