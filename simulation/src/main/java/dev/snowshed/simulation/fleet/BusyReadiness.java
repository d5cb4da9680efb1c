package dev.snowshed.simulation.fleet;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Not ready while the processors are busy or answers slow, over the last 10 s: what people write
 * for themselves, so that a host which cannot keep up is given a rest. The Kubernetes documentation
 * (Configure Liveness, Readiness and Startup Probes) has readiness for containers that are for a
 * while unable to serve; the readiness probe of Onyx ({@code GET /health/ready}), for one, looks at
 * whether its thread pool is saturated.
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
