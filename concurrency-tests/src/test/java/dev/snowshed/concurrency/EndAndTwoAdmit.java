package dev.snowshed.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.snowshed.core.admission.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Who frees the only place asks for it again while another asks, too: one of them gets it. */
@JCStressTest
@Outcome(id = "1, 0, 1/1/1", expect = ACCEPTABLE, desc = "The first got it.")
@Outcome(id = "0, 1, 1/1/1", expect = ACCEPTABLE, desc = "The second did.")
@State
public class EndAndTwoAdmit {
  private final Host host = new Host();
  private final Permit permit = host.running();
  private final Caller first = new Caller();
  private final Caller second = new Caller();

  /** Frees the place, and asks for it. */
  @Actor
  public void endAndAdmit() {
    boolean _ = Host.end(permit);
    Caller _ = first.ask(host.gate);
  }

  /** Asks for it. */
  @Actor
  public void admit() {
    Caller _ = second.ask(host.gate);
  }

  /** What is left. */
  @Arbiter
  public void after(LLL_Result result) {
    result.r1 = first.timesAdmitted();
    result.r2 = second.timesAdmitted();
    result.r3 = host.counts();
  }
}
