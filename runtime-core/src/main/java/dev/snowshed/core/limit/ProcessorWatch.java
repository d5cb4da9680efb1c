package dev.snowshed.core.limit;

import dev.snowshed.core.limit.Tuning.Parameter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.DoubleSupplier;

/**
 * What keeps the processors busy, to be told in regular steps of time, since whoever looks only
 * when work completes sees the queue mostly when it is long. It tells
 *
 * <ul>
 *   <li>since when more tasks wait for a processor than are needed to keep all busy, and how many
 *       at least;
 *   <li>whether the processors have been full although mostly no task waited for one: then threads
 *       keep them busy that do not show in the run queue, as those of an HTTP client do.
 * </ul>
 *
 * <p>Not safe for concurrent use.
 */
public final class ProcessorWatch {
  private static final long STEP_NANOS = 50_000_000;

  /** Twelve seconds: of what takes longer nothing is said. */
  private static final int STEPS = 240;

  private final double full;
  private final double unseen;
  private final Deque<Use> uses = new ArrayDeque<>();

  private boolean standing;
  private long since;
  private int least;

  private long looks;
  private long empty;
  private double processors;

  /**
   * A watch that has seen nothing.
   *
   * @param tuning the constants
   */
  public ProcessorWatch(Tuning tuning) {
    this.full = tuning.get(Parameter.FULL);
    this.unseen = tuning.get(Parameter.UNSEEN);
  }

  /** Totals since the start, at a time. */
  private record Use(long atNanos, double nanos, long looks, long empty) {}

  /**
   * Looks at the run queue.
   *
   * @param length how many tasks wait
   * @param enough how many keep the processors busy
   */
  public void observe(int length, int enough, long nowNanos) {
    looks++;
    empty += length <= 0 ? 1 : 0;
    if (length <= enough) {
      standing = false;
    } else if (!standing) {
      standing = true;
      since = nowNanos;
      least = length - enough;
    } else {
      least = Math.min(least, length - enough);
    }
  }

  /**
   * Looks at how busy the processors are, if it is time for that.
   *
   * @param nanos tells how much processor time has been used, as it may cost some microseconds; not
   *     a number if that is not known, and then this look is left out
   * @param available how many processors there are
   */
  public void look(DoubleSupplier nanos, double available, long nowNanos) {
    processors = available;
    Use last = uses.peekLast();
    if (last != null && nowNanos - last.atNanos < 0) {
      uses.clear();
    } else if (last != null && nowNanos - last.atNanos < STEP_NANOS) {
      return;
    }
    double used = nanos.getAsDouble();
    if (Double.isFinite(used)) {
      uses.addLast(new Use(nowNanos, used, looks, empty));
    }
    if (uses.size() > STEPS) {
      uses.removeFirst();
    }
  }

  /** How many tasks were too many all the time since a time; 0 if there was a moment without. */
  int excessSince(long nanos) {
    return standing && since <= nanos ? least : 0;
  }

  /** Whether threads that do not show in the run queue have kept the processors full since. */
  boolean areFullUnseenSince(long nanos) {
    Use last = uses.peekLast();
    for (Iterator<Use> back = uses.descendingIterator(); back.hasNext(); ) {
      Use use = back.next();
      if (use.atNanos < last.atNanos && use.atNanos <= nanos) {
        return last.nanos - use.nanos >= full * processors * (last.atNanos - use.atNanos)
            && last.empty - use.empty >= unseen * (last.looks - use.looks);
      }
    }
    return false;
  }
}
