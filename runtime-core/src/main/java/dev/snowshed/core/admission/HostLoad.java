package dev.snowshed.core.admission;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many requests are in flight, and how much of a processor those need that have not started.
 * Both in one word, so that a request that comes or goes changes them in one step. Safe for
 * concurrent use; wait-free.
 */
final class HostLoad {
  /** The weight of a start that needs a processor for all of its time. */
  static final int WHOLE = 256;

  private static final int STARTING_SHIFT = 32;

  /** In flight below, the weights of those that start above. */
  private final AtomicLong word = new AtomicLong();

  void enter(int weight) {
    word.addAndGet(shifted(weight) + 1);
  }

  /** One that has entered starts to run, or does something that needs no processor first. */
  void leaveRunQueue(int weight) {
    word.addAndGet(-shifted(weight));
  }

  void enterRunQueue(int weight) {
    word.addAndGet(shifted(weight));
  }

  /**
   * One that has entered has ended.
   *
   * @param weight what it still counts in the run queue; 0 once it has started
   * @return how many are in flight then
   */
  int leave(int weight) {
    return (int) word.addAndGet(-1 - shifted(weight));
  }

  int inflight() {
    return (int) word.get();
  }

  /** How many starts that need a processor for all of their time wait for one, about. */
  int starting() {
    return (int) (word.get() >>> STARTING_SHIFT) / WHOLE;
  }

  private static long shifted(int weight) {
    return (long) weight << STARTING_SHIFT;
  }
}
