package dev.snowshed.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.snowshed.core.admission.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** The only place gets free while a request asks for it: it gets it, at once or by its callback. */
@JCStressTest
@Outcome(id = "true, 1, 1/1/0", expect = ACCEPTABLE, desc = "It was admitted once.")
@State
public class EndAndAdmit {
  private final Host host = new Host();
  private final Permit permit = host.running();
  private final Caller caller = new Caller();

  /** Frees the place. */
  @Actor
  public void end(LLL_Result result) {
    result.r1 = Host.end(permit);
  }

  /** Asks for it. */
  @Actor
  public void admit() {
    Caller _ = caller.ask(host.gate);
  }

  /** What is left. */
  @Arbiter
  public void after(LLL_Result result) {
    result.r2 = caller.timesAdmitted();
    result.r3 = host.counts();
  }
}
