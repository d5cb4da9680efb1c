package dev.snowshed.core.admission;

/** What one function takes of the processors. Guarded by the controller's lock unless said. */
final class Share {
  private double occupancy;
  private double meanRunNanos;
  private double costNanos;
  private double virtualTime;

  private double ofRun = 1;

  /** Written under the lock, read without. */
  private volatile int weight = GateLoad.WHOLE;

  /** How many of its requests were running, on average. */
  double occupancy() {
    return occupancy;
  }

  /**
   * What a start of it counts in {@link GateLoad}, from 1 to the whole: as much as its runs can
   * have had of a processor. Safe for concurrent use.
   */
  int weight() {
    return weight;
  }

  /** Which part of its runs can have had a processor, from 0 to 1. */
  double ofRun() {
    return ofRun;
  }

  /** Whether its runs wait for other things than processors. */
  boolean waits() {
    return ofRun < 1;
  }

  /** How much service it has had; of those that wait, the one with the least is next. */
  double virtualTime() {
    return virtualTime;
  }

  /** How many of its requests end in a nanosecond; 0 if none has. */
  double rate() {
    return meanRunNanos == 0 ? 0 : occupancy / meanRunNanos;
  }

  void fade(double kept) {
    occupancy *= kept;
  }

  /**
   * A run has ended.
   *
   * @param occupied its part in the mean of what runs
   * @param mean of all its runs, in nanoseconds
   */
  void ran(double occupied, double mean) {
    occupancy += occupied;
    meanRunNanos = mean;
  }

  void set(double partOfRun, double averageCostNanos) {
    ofRun = partOfRun;
    weight = (int) Math.ceil(GateLoad.WHOLE * partOfRun);
    double own = meanRunNanos * partOfRun;
    costNanos = waits() ? Math.min(own, averageCostNanos) : own;
  }

  /** Its requests begin to wait: what it did not use before is gone. */
  void begin(double hostTime) {
    virtualTime = Math.max(virtualTime, hostTime);
  }

  /** One of its requests is let in; returns the time of its start. */
  double charge() {
    double start = virtualTime;
    virtualTime += costNanos;
    return start;
  }
}
