package dev.snowshed.core.lifecycle;

/**
 * What was measured of a host at one moment. A negative figure, or one that is no number, means
 * that it is not known; what is not known never ejects.
 *
 * <p>Only what is local counts. A dependency that hangs or fails hangs and fails for every host of
 * the fleet; if they all left for that, there would be no fleet.
 *
 * @param stuckLocally calls long past their deadline whose thread runs, or is blocked on a monitor
 *     whose owner does. A call that waits for input or output is not one of them, nor is one whose
 *     monitor is held by such a call
 * @param oldestStuckNanos for how long the oldest of those has been past its deadline; 0 if there
 *     are none
 * @param processors how many processors the host may use, rounded up
 * @param startDelayNanos how long a virtual thread that is ready waits for a carrier; the age of a
 *     probe that has not been answered yet if that is more
 * @param loopDelayNanos the same for the worst event loop of the function port
 * @param gcShare which share of the last 10 s the collector held the threads up, 0 to 1
 * @param heapAfterGc how full the heap was after the last collection of all or of the old
 *     generation, 0 to 1
 * @param cpuUse processor time that the process takes, over that of {@code processors}, 0 to 1
 * @param offeredPerSecond calls that came in the last seconds, refused ones included
 * @param refusedPerSecond those of them that were refused
 * @param goodPerSecond calls that ended well before their deadline, with whatever answer: a failing
 *     function is not an ill host
 * @param latePerSecond calls that did not
 */
public record Vitals(
    int stuckLocally,
    long oldestStuckNanos,
    int processors,
    long startDelayNanos,
    long loopDelayNanos,
    double gcShare,
    double heapAfterGc,
    double cpuUse,
    double offeredPerSecond,
    double refusedPerSecond,
    double goodPerSecond,
    double latePerSecond) {

  private static final double NONE = Double.NaN;

  /** Nothing is known. */
  public static final Vitals UNKNOWN =
      new Vitals(-1, -1, -1, -1, -1, NONE, NONE, NONE, NONE, NONE, NONE, NONE);
}
