package dev.snowshed.core.limit;

/**
 * Since when more tasks wait for a processor than are needed to keep all busy, and how many at
 * least. To be told in regular steps of time, since whoever looks only when work completes sees the
 * queue mostly when it is long. Not safe for concurrent use.
 */
public final class RunQueueWatch {
  private boolean standing;
  private long since;
  private int least;

  /**
   * Looks at the run queue.
   *
   * @param length how many tasks wait
   * @param enough how many keep the processors busy
   */
  public void observe(int length, int enough, long nowNanos) {
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

  /** How many tasks were too many all the time since a time; 0 if there was a moment without. */
  int excessSince(long nanos) {
    return standing && since <= nanos ? least : 0;
  }
}
