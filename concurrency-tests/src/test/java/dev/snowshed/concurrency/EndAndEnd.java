package dev.snowshed.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.snowshed.core.admission.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Two threads end one permit: one of them does, and its place is free once. */
@JCStressTest
@Outcome(id = "true, false, 0/0/0", expect = ACCEPTABLE, desc = "The first ended it.")
@Outcome(id = "false, true, 0/0/0", expect = ACCEPTABLE, desc = "The second did.")
@State
public class EndAndEnd {
  private final Host host = new Host();
  private final Permit permit = host.running();

  /** One. */
  @Actor
  public void first(LLL_Result result) {
    result.r1 = Host.end(permit);
  }

  /** The other. */
  @Actor
  public void second(LLL_Result result) {
    result.r2 = Host.end(permit);
  }

  /** What is left. */
  @Arbiter
  public void after(LLL_Result result) {
    result.r3 = host.counts();
  }
}
