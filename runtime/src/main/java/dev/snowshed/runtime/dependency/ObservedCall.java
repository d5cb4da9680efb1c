package dev.snowshed.runtime.dependency;

import dev.snowshed.core.dependency.Outcome;

/**
 * A call of a dependency that does not go through the host, but is seen: nothing cuts, refuses or
 * repeats it, and no drill can take it away. It ends once. Not safe for concurrent use.
 */
public final class ObservedCall {
  private final CallDependencies calls;

  ObservedCall(CallDependencies calls, long nowNanos) {
    this.calls = calls;
    calls.begun(nowNanos);
  }

  /**
   * It has ended. Means nothing once the function's call is over.
   *
   * @param dependency what was called, a name as that of any dependency
   * @param outcome what that says of it, if it was not the function's own end that cut the call
   * @param latencyNanos how long it took
   */
  public void ended(String dependency, Outcome outcome, long latencyNanos) {
    if (calls.isOver()) {
      return;
    }
    long nowNanos = System.nanoTime();
    boolean cut = outcome != Outcome.OK && calls.isCut();
    calls.ended(
        calls.observed(dependency).edge(),
        cut ? Outcome.CANCELLED : outcome,
        nowNanos - latencyNanos,
        nowNanos);
  }
}
