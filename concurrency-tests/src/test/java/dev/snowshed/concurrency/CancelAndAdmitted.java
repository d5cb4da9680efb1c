package dev.snowshed.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.snowshed.core.admission.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A request that waits is given up while its turn comes: it runs, or is never called back. */
@JCStressTest
@Outcome(id = "true, 0, 0/0/0", expect = ACCEPTABLE, desc = "It was given up.")
@Outcome(id = "false, 1, 1/1/0", expect = ACCEPTABLE, desc = "Its turn had come.")
@State
public class CancelAndAdmitted {
  private final Host host = new Host();
  private final Permit permit = host.running();
  private final Caller waiting = new Caller().ask(host.gate);

  /** Frees the place. */
  @Actor
  public void end() {
    boolean _ = Host.end(permit);
  }

  /** Gives up. */
  @Actor
  public void cancel(LLL_Result result) {
    result.r1 = waiting.cancel();
  }

  /** What is left. */
  @Arbiter
  public void after(LLL_Result result) {
    result.r2 = waiting.timesAdmitted() + waiting.timesRejected();
    result.r3 = host.counts();
  }
}
