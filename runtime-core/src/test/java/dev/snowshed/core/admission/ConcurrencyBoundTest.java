package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConcurrencyBoundTest {

  @Test
  void admitsUpToTheLimitAndAgainAfterARelease() {
    ConcurrencyBound gate = new ConcurrencyBound(2);
    Permit first = admit(gate);
    admit(gate);
    assertEquals(Admission.Reason.LIMIT, rejection(gate));
    first.end(Permit.Outcome.SUCCESS);
    admit(gate);
    assertEquals(2, gate.inflight());
  }

  @Test
  void endsAPermitOnce() {
    ConcurrencyBound gate = new ConcurrencyBound(2);
    Permit permit = admit(gate);
    assertTrue(permit.end(Permit.Outcome.DROPPED));
    assertFalse(permit.end(Permit.Outcome.SUCCESS));
    assertEquals(0, gate.inflight());
    assertEquals(1, gate.dropped());
  }

  @Test
  void refusesEverythingOnceClosedAndTellsWhenIdle() {
    ConcurrencyBound gate = new ConcurrencyBound(2);
    Permit permit = admit(gate);
    CompletableFuture<Void> idle = gate.close();
    assertEquals(Admission.Reason.DRAINING, rejection(gate));
    assertFalse(idle.isDone());
    permit.end(Permit.Outcome.IGNORE);
    assertTrue(idle.isDone());
    assertTrue(gate.isClosed());
  }

  @Test
  void isIdleAtOnceWhenClosedEmpty() {
    assertTrue(new ConcurrencyBound(1).close().isDone());
  }

  @Test
  void refusesALimitBelowOne() {
    assertThrows(IllegalArgumentException.class, () -> new ConcurrencyBound(0));
  }

  @Test
  void neverExceedsTheLimitUnderContention() throws InterruptedException {
    int limit = 3;
    ConcurrencyBound gate = new ConcurrencyBound(limit);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger highest = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(Thread.ofPlatform().start(() -> contend(gate, running, highest)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertTrue(highest.get() <= limit, "highest " + highest.get());
    assertEquals(0, gate.inflight());
  }

  private static void contend(ConcurrencyBound gate, AtomicInteger running, AtomicInteger highest) {
    for (int n = 0; n < 20_000; n++) {
      if (gate.tryAdmit() instanceof Admission.Admitted(Permit permit)) {
        highest.accumulateAndGet(running.incrementAndGet(), Math::max);
        running.decrementAndGet();
        permit.end(Permit.Outcome.SUCCESS);
        permit.end(Permit.Outcome.SUCCESS);
      }
    }
  }

  private static Permit admit(ConcurrencyBound gate) {
    return assertInstanceOf(Admission.Admitted.class, gate.tryAdmit()).permit();
  }

  private static Admission.Reason rejection(ConcurrencyBound gate) {
    return assertInstanceOf(Admission.Rejected.class, gate.tryAdmit()).reason();
  }
}
