package dev.snowshed.simulation.peer;

import dev.snowshed.simulation.engine.Gate;
import dev.snowshed.simulation.engine.Job;

/** A gate that refuses at once what exceeds the limit of a law. */
final class LimitGate implements Gate {
  private final Inflight inflight;

  LimitGate(LimitLaw law) {
    this.inflight = new Inflight(law);
  }

  @Override
  public Verdict arrive(Job job, long nowNanos) {
    if (!inflight.hasRoom(nowNanos)) {
      return Verdict.REJECT;
    }
    inflight.begin(job);
    return Verdict.ADMIT;
  }

  @Override
  public void ended(Job job, long nowNanos, boolean dropped) {
    inflight.end(job, nowNanos, dropped);
  }

  @Override
  public int limit() {
    return inflight.limit();
  }
}
