package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.core.admission.AdmissionSettings.Mode;
import dev.snowshed.core.admission.Permit.Outcome;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One processor, a limit of two, and room for one that waits. */
class FunctionCountersTest {
  private static final long MILLI = 1_000_000;
  private static final AdmissionSettings SMALL =
      new AdmissionSettings(Mode.ADAPTIVE, 100, 0.25, 2, 1, 0.2, 1_000, 2);

  private final Machine machine = new Machine();
  private final AdmissionController controller =
      new AdmissionController(SMALL, machine, new SplittableRandom(1));
  private final FunctionGate gate = controller.open("f");
  private long now = 1_000 * MILLI;

  @BeforeEach
  void begin() {
    controller.tick(now);
  }

  private Asker asker() {
    return new Asker().by(now + 1_000 * MILLI);
  }

  private Asker run(Asker asker) {
    asker.ask(gate, now).permit().started(now);
    return asker;
  }

  private FunctionCounters after(long nanos) {
    now += nanos;
    controller.tick(now);
    return controller.counters().getFirst();
  }

  @Test
  void countsWhatIsOfferedByCriticality() {
    run(asker());
    run(asker().mattering(Criticality.SHEDDABLE));

    FunctionCounters counters = after(MILLI);

    assertEquals(1, counters.offered().get(Criticality.CRITICAL));
    assertEquals(1, counters.offered().get(Criticality.SHEDDABLE));
    assertEquals(0, counters.offered().get(Criticality.CRITICAL_PLUS));
  }

  @Test
  void countsWhatIsRefusedAndGivenUpAsOffered() {
    run(asker());
    run(asker());
    Asker waiting = asker().ask(gate, now);
    asker().mattering(Criticality.SHEDDABLE_PLUS).again().ask(gate, now);
    waiting.cancel(now);

    FunctionCounters counters = after(MILLI);

    assertEquals(3, counters.offered().get(Criticality.CRITICAL));
    assertEquals(1, counters.offered().get(Criticality.SHEDDABLE_PLUS));
    assertEquals(1, counters.refused().get(Criticality.SHEDDABLE_PLUS));
    assertEquals(0, counters.refused().get(Criticality.CRITICAL));
    assertEquals(1, counters.retries());
  }

  @Test
  void countsThoseThatEndAndThoseThatFail() {
    Asker done = run(asker());
    Asker cut = run(asker());
    now += 10 * MILLI;
    boolean _ = done.permit().end(Outcome.SUCCESS, now);
    boolean _ = cut.permit().end(Outcome.DROPPED, now);

    FunctionCounters counters = after(0);

    assertEquals(2, counters.ended());
    assertEquals(1, counters.failed());
    assertEquals(0, counters.inflight());
  }

  @Test
  void addsUpRunsAndWhatTheyWaitedForDependencies() {
    Asker asker = run(asker());
    asker.permit().waitedDownstream(4 * MILLI);
    now += 10 * MILLI;
    boolean _ = asker.permit().end(Outcome.SUCCESS, now);

    FunctionCounters counters = after(0);

    assertEquals(10.0 * MILLI, counters.runNanos());
    assertEquals(100.0 * MILLI * MILLI, counters.runSquareNanos());
    assertEquals(4.0 * MILLI, counters.downstreamNanos());
  }

  @Test
  void integratesOverTime() {
    run(asker());
    run(asker());
    asker().ask(gate, now);

    FunctionCounters counters = after(5 * MILLI);

    assertEquals(10.0 * MILLI, counters.inflightNanos());
    assertEquals(5.0 * MILLI, counters.queuedNanos());
    assertEquals(5 * MILLI, counters.limitedNanos());
    assertEquals(now, counters.observedNanos());
  }

  @Test
  void isNotLimitedWhileThereIsRoom() {
    run(asker());

    assertEquals(0, after(5 * MILLI).limitedNanos());
  }

  @Test
  void countsOnWhenTheCounterOfTheGateHasGoneRound() {
    int many = 70_000;
    for (int i = 0; i < many; i++) {
      Asker asker = run(asker());
      boolean _ = asker.permit().end(Outcome.SUCCESS, now);
      if (i % 10_000 == 0) {
        controller.tick(now);
      }
    }

    FunctionCounters counters = after(MILLI);

    assertEquals(many, counters.ended());
    assertEquals((long) many, counters.offered().get(Criticality.CRITICAL));
  }
}
