package dev.snowshed.simulation.peer;

/** Feeds a law with requests that end at equal distances. */
final class Feed {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000_000_000;

  private final LimitLaw law;
  private final long gapNanos;
  private long now;

  Feed(LimitLaw law, long gapNanos) {
    this.law = law;
    this.gapNanos = gapNanos;
  }

  long now() {
    return now;
  }

  /** Lets time pass without a request. */
  void pass(long nanos) {
    now += nanos;
    law.advance(now);
  }

  void useful(int count, long latencyNanos, int inflight) {
    for (int i = 0; i < count; i++) {
      end(latencyNanos, inflight, false, false);
    }
  }

  void end(long latencyNanos, int inflight, boolean late, boolean dropped) {
    pass(gapNanos);
    law.ended(new Ended(now - latencyNanos, now, inflight, inflight, late, dropped));
  }
}
