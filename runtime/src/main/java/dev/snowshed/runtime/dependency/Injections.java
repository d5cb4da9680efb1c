package dev.snowshed.runtime.dependency;

import dev.snowshed.core.dependency.drill.Fault;
import org.jspecify.annotations.Nullable;

/** What one call of a function goes through in a drill. Safe for concurrent use; never blocks. */
public interface Injections {

  /**
   * The fault that the calls of a dependency meet.
   *
   * @param dependency its name
   * @return the fault, or null if it is left alone
   */
  @Nullable Fault of(String dependency);

  /**
   * A dependency was called behind the host's back: no fault can be injected.
   *
   * @param dependency its name
   */
  void observed(String dependency);

  /**
   * The function's call has ended in a way that is evidence. Called once.
   *
   * @param failed whether it failed: it threw, or missed its deadline
   * @param latencyNanos how long it ran
   * @param injected whether it met a fault
   */
  void ended(boolean failed, long latencyNanos, boolean injected);

  /**
   * The function's call has ended in a way that tells nothing, such as that its caller has left.
   * Called once, instead of {@link #ended}.
   */
  void left();
}
