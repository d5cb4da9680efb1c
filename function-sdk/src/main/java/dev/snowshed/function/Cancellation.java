package dev.snowshed.function;

/**
 * Tells a call that nobody waits for its result any more: its deadline passed or its caller went
 * away. The thread of the call is interrupted as well; this is for work that has left that thread.
 * Safe for concurrent use.
 */
public interface Cancellation {

  /** Whether the call was cancelled. */
  boolean isCancelled();

  /**
   * Runs an action once when the call is cancelled, at once if it already was, never if the call
   * ends first.
   *
   * @param action must not block; what it throws is logged
   */
  void onCancel(Runnable action);
}
