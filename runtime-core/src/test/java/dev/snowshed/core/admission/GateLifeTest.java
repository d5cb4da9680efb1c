package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a host does with gates and permits, beside admitting. */
class GateLifeTest {
  private final AdmissionController controller =
      new AdmissionController(AdmissionSettings.DEFAULTS, new Machine(), new Random(1));

  @Test
  void beginsWhereItIsTold() {
    assertEquals(7, controller.open("f", 7).limit());
    assertEquals(AdmissionSettings.DEFAULTS.initialLimit(), controller.open("g").limit());
    assertEquals(
        AdmissionSettings.DEFAULTS.maxConcurrency(),
        controller.open("h", Integer.MAX_VALUE).limit());
  }

  @Test
  void closesAGateOnlyOnceNothingIsInFlight() {
    FunctionGate gate = controller.open("f");
    Permit permit = admit(gate);
    assertFalse(controller.close(gate));
    assertTrue(permit.end(Permit.Outcome.SUCCESS, 2));
    assertTrue(controller.close(gate));
    assertEquals(0, controller.state(3).functions().size());
    assertFalse(controller.close(gate));
  }

  @Test
  void doesNotCountAsReadyToRunWhatWaitsForItsOwnBytes() {
    FunctionGate gate = controller.open("f", 1000);
    for (int i = 0; i < 100; i++) {
      admit(gate).receiving(1);
    }
    assertEquals(0, controller.state(1).starting());
    assertEquals(100, controller.inflight());
    Permit permit = admit(gate);
    permit.receiving(1);
    permit.received();
    assertEquals(1, controller.state(1).starting());
    permit.started(2);
    permit.receiving(2);
    permit.received();
    assertEquals(0, controller.state(2).starting());
  }

  @Test
  void endsAsItShouldWhileItWaitsForItsOwnBytes() {
    FunctionGate gate = controller.open("f");
    Permit permit = admit(gate);
    permit.receiving(1);
    assertTrue(permit.end(Permit.Outcome.DROPPED, 2));
    permit.received();
    assertEquals(0, controller.state(2).starting());
    assertEquals(0, controller.inflight());
  }

  @Test
  void isIdleOnceTheLastThatWaitedHasLeft() {
    FunctionGate gate = controller.open("f", 1);
    Permit permit = admit(gate);
    permit.started(1);
    Ticket ticket = assertInstanceOf(Ticket.class, gate.admit(new Asker(), 1));
    CompletableFuture<Void> idle = controller.close();
    assertTrue(ticket.cancel(2));
    assertFalse(idle.isDone());
    assertTrue(permit.end(Permit.Outcome.SUCCESS, 3));
    controller.tick(4);
    assertTrue(idle.isDone());
  }

  private static Permit admit(FunctionGate gate) {
    return assertInstanceOf(Permit.class, gate.admit(new Asker(), 1));
  }
}
