package dev.snowshed.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.snowshed.core.admission.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A request is ended while it starts: what it ran for is known, or not counted. */
@JCStressTest
@Outcome(id = "0, 0/0/0", expect = ACCEPTABLE, desc = "It had not started.")
@Outcome(id = "10, 0/0/0", expect = ACCEPTABLE, desc = "It had run for 10 ns.")
@State
public class StartAndEnd {
  private final Host host = new Host();
  private final Permit permit = host.admitted();

  /** Starts. */
  @Actor
  public void start() {
    permit.started(Host.NOW);
  }

  /** Gives up. */
  @Actor
  public void end() {
    boolean _ = Host.end(permit);
  }

  /** What is left. */
  @Arbiter
  public void after(LL_Result result) {
    result.r1 = host.controller.state(Host.NOW).functions().getFirst().meanRunNanos();
    result.r2 = host.counts();
  }
}
