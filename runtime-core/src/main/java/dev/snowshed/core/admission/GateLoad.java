package dev.snowshed.core.admission;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many requests of a function are in flight, how much of a processor those need that have not
 * started, and how many have come. All in one word, so that a request that comes, starts or goes
 * changes it in one step. Safe for concurrent use; lock-free.
 *
 * <pre>
 *   63       48 47                    20 19            0
 *   | entered  | weights of those that  | in flight    |
 *   | mod 2^16 | start                  |              |
 * </pre>
 */
final class GateLoad {
  /** The weight of a start that needs a processor for all of its time. */
  static final int WHOLE = 256;

  /** No more can be in flight, whatever the limit. */
  static final int MOST_INFLIGHT = (1 << 20) - 1;

  private static final int WEIGHT_SHIFT = 20;
  private static final long WEIGHT_MASK = (1L << 28) - 1;
  private static final int ENTERED_SHIFT = 48;
  private static final long ENTERED = 1L << ENTERED_SHIFT;
  private static final int ENTERED_MASK = 0xFFFF;

  /**
   * The word stands in the middle of an array, two cache lines from anything else: it changes with
   * every request, and what lies beside it would have to be fetched anew each time.
   */
  private final AtomicLongArray words = new AtomicLongArray(33);

  private static final int WORD = 16;

  /**
   * Takes a place if there is one.
   *
   * @param limit how many there are
   * @param weight what the start counts, 0 to {@link #WHOLE}
   * @return how many are in flight then; 0 if there was none
   */
  int tryEnter(int limit, int weight) {
    int most = Math.min(limit, MOST_INFLIGHT);
    while (true) {
      long word = words.get(WORD);
      int inflight = inflight(word);
      if (inflight >= most) {
        return 0;
      }
      if (words.compareAndSet(WORD, word, word + ENTERED + shifted(weight) + 1)) {
        return inflight + 1;
      }
    }
  }

  /** One that has entered starts to run, or does something that needs no processor first. */
  void leaveRunQueue(int weight) {
    words.addAndGet(WORD, -shifted(weight));
  }

  void enterRunQueue(int weight) {
    words.addAndGet(WORD, shifted(weight));
  }

  /**
   * One that has entered has ended.
   *
   * @param weight what it still counts in the run queue; 0 once it has started
   */
  void leave(int weight) {
    words.addAndGet(WORD, -1 - shifted(weight));
  }

  int inflight() {
    return inflight(words.get(WORD));
  }

  /** The weights of those that start. */
  int starting() {
    return (int) ((words.get(WORD) >>> WEIGHT_SHIFT) & WEIGHT_MASK);
  }

  /**
   * In the upper half how many have entered, modulo 65,536; in the lower how many are in flight.
   */
  long entered() {
    long word = words.get(WORD);
    return (word >>> ENTERED_SHIFT) << 32 | inflight(word);
  }

  /** How many have ended, modulo 65,536. */
  int ended() {
    long word = words.get(WORD);
    return ((int) (word >>> ENTERED_SHIFT) - inflight(word)) & ENTERED_MASK;
  }

  /**
   * How many have ended since {@link #ended} was {@code before}, if fewer than 32,768. What is seen
   * in the midst of a race may be older, and counts as none.
   */
  int endedSince(int before) {
    int ended = (ended() - before) & ENTERED_MASK;
    return ended > ENTERED_MASK / 2 ? 0 : ended;
  }

  private static int inflight(long word) {
    return (int) word & MOST_INFLIGHT;
  }

  private static long shifted(int weight) {
    return (long) weight << WEIGHT_SHIFT;
  }
}
