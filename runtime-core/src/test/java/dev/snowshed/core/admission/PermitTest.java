package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.admission.Permit.Outcome;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PermitTest {
  private static final long NOW = 1_000_000_000;

  private final AdmissionController controller =
      new AdmissionController(AdmissionSettings.DEFAULTS, new Machine(), new SplittableRandom(1));
  private final FunctionGate gate = controller.open("f");
  private final Permit permit = new Asker().ask(gate, NOW).permit();

  private int starting() {
    return controller.state(NOW).starting();
  }

  @ParameterizedTest
  @EnumSource
  void endsOnce(Outcome outcome) {
    assertEquals(1, controller.inflight());
    assertTrue(permit.end(outcome, NOW));
    assertEquals(0, controller.inflight());
    assertEquals(0, gate.inflight());
    for (Outcome again : Outcome.values()) {
      assertFalse(permit.end(again, NOW));
    }
    assertEquals(0, controller.inflight());
    assertEquals(0, gate.inflight());
  }

  @Test
  void startsOnce() {
    assertEquals(1, starting());
    permit.started(NOW + 1);
    assertEquals(0, starting());
    permit.started(NOW + 5);
    assertEquals(0, starting());
    assertEquals(NOW + 1, permit.startedNanos());
    assertTrue(permit.end(Outcome.SUCCESS, NOW + 11));
    assertEquals(10, controller.state(NOW).functions().getFirst().meanRunNanos());
  }

  @Test
  void doesNotStartOnceItHasEnded() {
    assertTrue(permit.end(Outcome.SUCCESS, NOW));
    permit.started(NOW);
    permit.receiving(NOW);
    permit.received();
    assertEquals(0, starting());
    assertEquals(0, controller.inflight());
  }

  @Test
  void needsNoProcessorWhileItReceives() {
    permit.receiving(NOW);
    assertEquals(0, starting());
    permit.receiving(NOW);
    assertEquals(0, starting());
    permit.received();
    assertEquals(1, starting());
    permit.received();
    assertEquals(1, starting());
    permit.receiving(NOW);
    permit.received();
    permit.started(NOW);
    assertEquals(0, starting());
    assertEquals(1, controller.inflight());
  }

  @Test
  void doesNotStartWhileItReceives() {
    permit.receiving(NOW);
    permit.started(NOW);
    permit.received();
    assertEquals(1, starting(), "it waits for a processor, and has not started");
    permit.started(NOW);
    assertEquals(0, starting());
  }

  @Test
  void doesNotReceiveOnceItRuns() {
    permit.started(NOW);
    permit.receiving(NOW);
    permit.received();
    assertEquals(0, starting());
  }

  @Test
  void leavesNothingBehindWhenItEndsWhileItReceives() {
    permit.receiving(NOW);
    assertTrue(permit.end(Outcome.DROPPED, NOW));
    permit.received();
    assertEquals(0, starting());
    assertEquals(0, controller.inflight());
  }

  @Test
  void leavesNothingBehindWhenItEndsBeforeItStarts() {
    assertTrue(permit.end(Outcome.DROPPED, NOW));
    assertEquals(0, starting());
    assertEquals(0, controller.inflight());
  }

  @Test
  void sumsWhatItWaitedDownstream() {
    permit.waitedDownstream(5);
    permit.waitedDownstream(7);
    permit.waitedDownstream(-100);
    assertEquals(12, permit.downstreamNanos());
    permit.waitedDownstream(Long.MAX_VALUE);
    permit.waitedDownstream(Long.MAX_VALUE);
    assertEquals(Long.MAX_VALUE, permit.downstreamNanos());
  }

  @Test
  void countsNoWaitForAnotherAsTimeOnAProcessor() {
    permit.started(NOW);
    permit.waitedDownstream(900_000_000);
    assertTrue(permit.end(Outcome.SUCCESS, 2 * NOW));
    assertEquals(0.1, gate.share().occupancy(), 1e-9);
  }

  @Test
  void remembersHowManyWereInFlight() {
    assertEquals(1, permit.inflight());
    permit.started(NOW);
    assertEquals(2, new Asker().ask(gate, NOW).permit().inflight());
  }
}
