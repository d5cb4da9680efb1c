package dev.snowshed.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymptomTest {
  private static final Signs WELL = Signs.WELL;

  private static double severity(Symptom symptom, Vitals vitals) {
    return symptom.severity(vitals, Thresholds.DEFAULTS);
  }

  static List<Arguments> ills() {
    return List.of(
        Arguments.of(
            Symptom.SHEDDING,
            WELL.withCalls(4.9, 100),
            WELL.withCalls(5, 100),
            "5 % of 100 calls per second are refused"),
        Arguments.of(
            Symptom.STUCK_THREADS,
            WELL.withStuck(1),
            WELL.withStuck(2),
            "2 threads stuck for 21 s"),
        Arguments.of(
            Symptom.WEDGED_RUN_QUEUE,
            WELL.withStartDelay(0.99),
            WELL.withStartDelay(1),
            "a thread ready to run waits 1.0 s"),
        Arguments.of(
            Symptom.WEDGED_EVENT_LOOP,
            WELL.withLoopDelay(0.99),
            WELL.withLoopDelay(1),
            "an event loop answers after 1.0 s"),
        Arguments.of(
            Symptom.MEMORY_SPIRAL,
            WELL.withMemory(0.49, 0.99),
            WELL.withMemory(0.5, 0.85),
            "collecting garbage takes 50 % of the time and leaves the heap 85 % full"),
        Arguments.of(
            Symptom.COLLAPSED_GOODPUT,
            WELL.withCpuUse(0.8).withCalls(30, 31),
            WELL.withCpuUse(0.8).withCalls(30, 30),
            "30 of 100 calls per second end in time, with the processors 80 % busy and calls"
                + " refused"));
  }

  @ParameterizedTest
  @MethodSource("ills")
  void beginsAtItsThreshold(Symptom symptom, Signs below, Signs at, String evidence) {
    assertTrue(severity(symptom, below.vitals()) < 1);
    assertEquals(1, severity(symptom, at.vitals()), 1e-9);
    assertEquals(evidence, symptom.evidence(at.vitals()));
  }

  @ParameterizedTest
  @MethodSource("ills")
  void isTheOnlyOneThatShows(Symptom symptom, Signs below, Signs at, String evidence) {
    for (Symptom other : Symptom.values()) {
      if (other != symptom && other != Symptom.SHEDDING) {
        assertFalse(severity(other, at.vitals()) >= Detector.LOWER, other + " beside " + symptom);
      }
    }
  }

  /** From the beginning until the host is out, and back. */
  @ParameterizedTest
  @MethodSource("ills")
  void leavesWithItsCause(Symptom symptom, Signs below, Signs at, String evidence) {
    Course course = Course.ready().live(below, 100);
    course.live(at, 2);
    assertTrue(course.kinds().contains(symptom.kind()));
    course.live(at, lastsSeconds(symptom) - 2);
    assertEquals(LifecycleState.STRAINED, course.state());
    course.live(at, 1.5);
    assertEquals(symptom.kind().ejects(), course.state() == LifecycleState.EJECTED);
    course.secondsUntil(LifecycleState.RECOVERING, WELL);
    assertFalse(course.kinds().contains(symptom.kind()));
  }

  /** From the moment that it shows. */
  private static double lastsSeconds(Symptom symptom) {
    return switch (symptom) {
      case WEDGED_EVENT_LOOP -> 2;
      case COLLAPSED_GOODPUT -> 30;
      default -> 10;
    };
  }

  @ParameterizedTest
  @EnumSource
  void isNotThereInHealth(Symptom symptom) {
    assertFalse(severity(symptom, WELL.vitals()) >= Detector.LOWER);
  }

  @ParameterizedTest
  @EnumSource
  void isNotThereWhenNothingIsKnown(Symptom symptom) {
    assertFalse(severity(symptom, Vitals.UNKNOWN) >= Detector.LOWER);
  }

  @Test
  void needsAFullHeapToSpiral() {
    assertTrue(severity(Symptom.MEMORY_SPIRAL, WELL.withMemory(0.9, 0.84).vitals()) < 1);
    assertFalse(severity(Symptom.MEMORY_SPIRAL, WELL.withMemory(0.9, -1).vitals()) >= 0);
    assertFalse(severity(Symptom.MEMORY_SPIRAL, WELL.withMemory(Double.NaN, 1).vitals()) >= 0);
  }

  /** A dependency is dead: every call hangs until its deadline, and nothing else happens. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.79, -1, Double.NaN})
  void neverCollapsesWithIdleProcessors(double cpuUse) {
    Signs dead = WELL.withCpuUse(cpuUse).withCalls(90, 0);
    Course course = Course.ready().live(dead, 10_000);
    assertEquals(List.of(Cause.Kind.SHEDDING), course.kinds());
    assertFalse(course.budget.wished);
  }

  @Test
  void collapsesWithALongRunQueueToo() {
    Signs starved = WELL.withCpuUse(0.4).withStartDelay(0.5).withCalls(30, 10);
    assertTrue(severity(Symptom.COLLAPSED_GOODPUT, starved.vitals()) >= 1);
    assertTrue(
        Symptom.COLLAPSED_GOODPUT
            .evidence(starved.withCpuUse(Double.NaN).vitals())
            .contains("with the processors busy"));
  }

  /** Functions that overrun their deadlines without any overload are no matter of the host. */
  @Test
  void collapsesOnlyInSpiteOfShedding() {
    Signs overrun = WELL.withCpuUse(1).withCalls(0, 0);
    assertEquals(0, severity(Symptom.COLLAPSED_GOODPUT, overrun.vitals()));
  }

  @Test
  void namesOneThread() {
    assertEquals(
        "1 thread stuck for 21 s", Symptom.STUCK_THREADS.evidence(WELL.withStuck(1).vitals()));
  }
}
