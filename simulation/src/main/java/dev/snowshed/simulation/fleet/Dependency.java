package dev.snowshed.simulation.fleet;

import dev.snowshed.simulation.engine.Downstream;
import dev.snowshed.simulation.engine.Job;
import java.util.List;
import java.util.Optional;

/** The dependency that all hosts share. A call that begins while it fails is lost. */
record Dependency(List<Incident> incidents) implements Downstream {
  private static final double AT_ONCE_NANOS = 1e6;

  @Override
  public Wait wait(Job job, long nowNanos) {
    return failing(incidents, nowNanos)
        .map(failure -> new Wait(failure.hangs() ? leftNanos(job, nowNanos) : AT_ONCE_NANOS, true))
        .orElseGet(() -> WELL.wait(job, nowNanos));
  }

  private static double leftNanos(Job job, long nowNanos) {
    return Math.max(0, job.deadlineNanos() - nowNanos);
  }

  /** What is the matter with it at a time. */
  static Optional<Incident.DependencyFails> failing(List<Incident> incidents, long nowNanos) {
    for (Incident incident : incidents) {
      if (incident instanceof Incident.DependencyFails failure
          && nowNanos >= failure.fromNanos()
          && nowNanos < failure.untilNanos()) {
        return Optional.of(failure);
      }
    }
    return Optional.empty();
  }
}
