package dev.snowshed.simulation.fleet;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Not ready while the processors are busy or answers slow, over the last 10 s: what health
 * indicators that people write for themselves look at, on the advice that a pod which cannot keep
 * up should be given a rest. There is no such indicator in Spring Boot or Quarkus themselves; the
 * Kubernetes documentation says that a readiness probe is for taking a pod out of the service while
 * it "might be temporarily unable to serve traffic".
 */
final class BusyReadiness implements Keeper {
  private static final int TICKS = 40;
  private static final double BUSY = 0.9;

  /** Half the deadline. */
  private static final double SLOW_NANOS = 0.5e9;

  private final HostProcess process;
  private final Deque<Moment> moments = new ArrayDeque<>();
  private boolean overloaded;

  BusyReadiness(HostProcess process) {
    this.process = process;
  }

  @Override
  public boolean isReady(long nowNanos) {
    return !overloaded;
  }

  @Override
  public void tick(long nowNanos) {
    HostProcess.Counts counts = process.counts();
    Moment now =
        new Moment(
            nowNanos, process.host().busyNanos(nowNanos), counts.good + counts.late, counts.nanos);
    moments.add(now);
    Moment then = moments.size() > TICKS ? moments.remove() : moments.getFirst();
    overloaded =
        moments.size() >= TICKS
            && (now.busySince(then) >= BUSY * process.host().cores()
                || now.meanNanosSince(then) >= SLOW_NANOS);
  }

  private record Moment(long atNanos, long busyNanos, long ended, long endedNanos) {
    double busySince(Moment then) {
      return (double) (busyNanos - then.busyNanos) / (atNanos - then.atNanos);
    }

    double meanNanosSince(Moment then) {
      return (double) (endedNanos - then.endedNanos) / Math.max(1, ended - then.ended);
    }
  }
}
