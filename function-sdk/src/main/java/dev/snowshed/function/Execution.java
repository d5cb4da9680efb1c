package dev.snowshed.function;

/** Where the calls of a function run. */
public enum Execution {
  /** On a virtual thread of its own: may block. The default, right for nearly every function. */
  VIRTUAL_THREAD,

  /**
   * On the event loop that read the request: the fastest, for a function that never blocks and
   * computes for well under a millisecond. A blocking call here stops every request of that event
   * loop, and a deadline cannot interrupt it.
   */
  EVENT_LOOP,

  /**
   * On a platform thread from a pool as large as the machine has processors: for work that computes
   * for long stretches, which would otherwise hold up the virtual threads of other functions.
   */
  PLATFORM_THREAD
}
