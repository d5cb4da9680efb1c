package dev.snowshed.core.stats;

/**
 * Events per second, over that part of the time in which it runs. Old events fade with the time
 * that runs. Not safe for concurrent use.
 */
public final class RateMeter {
  private final double memoryNanos;
  private double events;
  private double nanos;
  private long since;
  private boolean running;

  /**
   * A meter that has seen nothing.
   *
   * @param memoryNanos the time after which what was seen counts 1/e; above 0
   */
  public RateMeter(double memoryNanos) {
    this.memoryNanos = memoryNanos;
  }

  /**
   * Lets time count from now on.
   *
   * @param guess events per second that are assumed if the meter has seen nothing yet
   */
  public void start(long nowNanos, double guess) {
    if (running) {
      return;
    }
    running = true;
    since = nowNanos;
    if (nanos == 0) {
      nanos = memoryNanos / 4;
      events = guess * nanos / 1e9;
    }
  }

  /** Lets time count no longer. */
  public void stop(long nowNanos) {
    advance(nowNanos);
    running = false;
  }

  /** Counts an event. */
  public void event(long nowNanos) {
    events(1, nowNanos);
  }

  /** Counts several events. */
  public void events(int count, long nowNanos) {
    advance(nowNanos);
    events += count;
  }

  /** The rate, in events per second; 0 before the first start. */
  public double perSecond(long nowNanos) {
    advance(nowNanos);
    return nanos == 0 ? 0 : events * 1e9 / nanos;
  }

  private void advance(long nowNanos) {
    double elapsed = (double) (nowNanos - since);
    if (running && elapsed > 0) {
      double kept = Math.exp(-elapsed / memoryNanos);
      events *= kept;
      nanos = nanos * kept + memoryNanos * (1 - kept);
      since = nowNanos;
    }
  }
}
