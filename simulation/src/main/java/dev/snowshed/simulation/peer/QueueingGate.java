package dev.snowshed.simulation.peer;

import dev.snowshed.simulation.engine.Gate;
import dev.snowshed.simulation.engine.HostView;
import dev.snowshed.simulation.engine.Job;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.random.RandomGenerator;

/**
 * A gate with a first-in-first-out queue in front of the limit, as failsafe-go's limiter has it
 * with {@code WithQueueing(2, 3)}, the factors that its documentation and its prioritized form use.
 *
 * <p>What exceeds the limit waits. With 2 · limit waiting, an arrival is refused with a probability
 * that grows from 0 to 1 at 3 · limit. What waits past its deadline is given up, as a request's
 * context would do it.
 *
 * <p>Source: github.com/failsafe-go/failsafe-go, {@code adaptivelimiter/queueinglimiter.go} at
 * commit 5759a5e6d557.
 */
final class QueueingGate implements Gate {
  private static final int INITIAL_FACTOR = 2;
  private static final int MAX_FACTOR = 3;

  private final Inflight inflight;
  private final HostView host;
  private final RandomGenerator random;
  private final Queue<Job> waiting = new ArrayDeque<>();

  QueueingGate(LimitLaw law, HostView host, RandomGenerator random) {
    this.inflight = new Inflight(law);
    this.host = host;
    this.random = random;
  }

  @Override
  public Verdict arrive(Job job, long nowNanos) {
    if (inflight.hasRoom(nowNanos)) {
      inflight.begin(job);
      return Verdict.ADMIT;
    }
    giveUpLate(nowNanos);
    if (random.nextDouble() < refusal(waiting.size(), inflight.limit())) {
      return Verdict.REJECT;
    }
    waiting.add(job);
    return Verdict.QUEUE;
  }

  /** The probability with which one more is refused. */
  static double refusal(int waiting, int limit) {
    int from = INITIAL_FACTOR * limit;
    int to = MAX_FACTOR * limit;
    return Math.clamp((double) (waiting - from) / (to - from), 0, 1);
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
  public void ended(Job job, long nowNanos, boolean dropped) {
    inflight.end(job, nowNanos, dropped);
    giveUpLate(nowNanos);
    while (!waiting.isEmpty() && inflight.hasRoom(nowNanos)) {
      Job next = waiting.remove();
      inflight.begin(next);
      host.admit(next);
    }
  }

  @Override
  public void cancelled(Job job, long nowNanos) {
    waiting.remove(job);
  }

  @Override
  public int limit() {
    return inflight.limit();
  }
}
