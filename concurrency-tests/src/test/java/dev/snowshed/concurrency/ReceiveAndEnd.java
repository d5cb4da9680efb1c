package dev.snowshed.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.snowshed.core.admission.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A request is ended while it receives its body: it leaves nothing in the run queue. */
@JCStressTest
@Outcome(id = "true, 0/0/0", expect = ACCEPTABLE, desc = "Nothing is left.")
@State
public class ReceiveAndEnd {
  private final Host host = new Host();
  private final Permit permit = host.admitted();

  /** Receives. */
  @Actor
  public void receive() {
    permit.receiving(Host.NOW);
    permit.received();
  }

  /** Gives up. */
  @Actor
  public void end(LL_Result result) {
    result.r1 = Host.end(permit);
  }

  /** What is left. */
  @Arbiter
  public void after(LL_Result result) {
    result.r2 = host.counts();
  }
}
