package dev.snowshed.simulation.scaling;

import dev.snowshed.simulation.engine.Gate;
import dev.snowshed.simulation.engine.GateFactory;
import dev.snowshed.simulation.engine.HostView;
import dev.snowshed.simulation.engine.Job;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Knative's own way to hold requests back: a hard limit ({@code containerConcurrency}) in front of
 * the function, and ten times as many places to wait, first in, first out. What waits past its
 * deadline is given up.
 *
 * <p>Source: github.com/knative/serving, {@code pkg/queue/breaker.go}, {@code cmd/queue/main.go}.
 */
final class QueueProxy implements Gate {
  private static final int PLACES_PER_LIMIT = 10;

  private final HostView host;
  private final int limit;
  private final Queue<Job> waiting = new ArrayDeque<>();

  private QueueProxy(HostView host, int limit) {
    this.host = host;
    this.limit = limit;
  }

  /** Gates with a limit. */
  static GateFactory with(int limit) {
    return (scenario, host, seed) -> new QueueProxy(host, limit);
  }

  @Override
  public Verdict arrive(Job job, long nowNanos) {
    if (host.inflight() < limit) {
      return Verdict.ADMIT;
    }
    giveUpLate(nowNanos);
    if (waiting.size() >= PLACES_PER_LIMIT * limit) {
      return Verdict.REJECT;
    }
    waiting.add(job);
    return Verdict.QUEUE;
  }

  @Override
  public void ended(Job job, long nowNanos, boolean dropped) {
    giveUpLate(nowNanos);
    while (!waiting.isEmpty() && host.inflight() < limit) {
      host.admit(waiting.remove());
    }
  }

  @Override
  public void cancelled(Job job, long nowNanos) {
    waiting.remove(job);
  }

  private void giveUpLate(long nowNanos) {
    for (Job job = waiting.peek();
        job != null && job.deadlineNanos() <= nowNanos;
        job = waiting.peek()) {
      waiting.remove();
      host.reject(job);
    }
  }

  @Override
  public int limit() {
    return limit;
  }
}
