package dev.snowshed.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.snowshed.core.admission.Permit;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * The door closes while the one that runs ends and lets in the one that waits: not all have gone.
 */
@JCStressTest
@Outcome(id = "1, false, 1/1/0", expect = ACCEPTABLE, desc = "The one that waited runs.")
@State
public class CloseAndEnd {
  private final Host host = new Host();
  private final Permit permit = host.running();
  private final Caller waiting = new Caller().ask(host.gate);

  /** Closes the door. */
  @Actor
  public void close() {
    CompletableFuture<Void> _ = host.controller.close();
  }

  /** Frees the place. */
  @Actor
  public void end() {
    boolean _ = Host.end(permit);
  }

  /** What is left. */
  @Arbiter
  public void after(LLL_Result result) {
    result.r1 = waiting.timesAdmitted();
    result.r2 = host.controller.close().isDone();
    result.r3 = host.counts();
  }
}
