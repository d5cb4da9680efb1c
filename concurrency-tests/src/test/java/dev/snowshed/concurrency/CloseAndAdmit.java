package dev.snowshed.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** The door closes while a request comes: all have gone only if it was refused. */
@JCStressTest
@Outcome(id = "0, true", expect = ACCEPTABLE, desc = "It was refused.")
@Outcome(id = "1, false", expect = ACCEPTABLE, desc = "It came in before.")
@State
public class CloseAndAdmit {
  private final Host host = new Host();
  private final Caller caller = new Caller();

  /** Closes the door. */
  @Actor
  public void close() {
    CompletableFuture<Void> _ = host.controller.close();
  }

  /** Comes. */
  @Actor
  public void admit() {
    Caller _ = caller.ask(host.gate);
  }

  /** What is left. */
  @Arbiter
  public void after(LL_Result result) {
    result.r1 = caller.timesAdmitted();
    result.r2 = host.controller.close().isDone();
  }
}
