package dev.snowshed.simulation.peer;

import dev.snowshed.simulation.engine.Job;

/** Counts the requests in flight under a law, and tells it how they end. */
final class Inflight {
  private final LimitLaw law;
  private int count;

  Inflight(LimitLaw law) {
    this.law = law;
  }

  /** Whether one more may come in now. */
  boolean hasRoom(long nowNanos) {
    law.advance(nowNanos);
    return count < law.limit();
  }

  /** Counts one in. */
  void begin(Job job) {
    job.attach(++count);
  }

  /** Counts one out. */
  void end(Job job, long nowNanos, boolean dropped) {
    law.advance(nowNanos);
    int atStart = (Integer) job.attachment();
    boolean late = isLate(job, nowNanos, dropped);
    law.ended(new Ended(job.admittedNanos(), nowNanos, atStart, count, late, dropped));
    count--;
  }

  int limit() {
    return law.limit();
  }

  /** Whether a job that ends now is too late for its caller. */
  static boolean isLate(Job job, long nowNanos, boolean dropped) {
    return dropped ? nowNanos >= job.deadlineNanos() : nowNanos > job.deadlineNanos();
  }
}
