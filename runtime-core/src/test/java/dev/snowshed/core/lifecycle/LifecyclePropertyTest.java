package dev.snowshed.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is measured, asked and answered, some things never happen. */
class LifecyclePropertyTest {
  private static final int STEPS = 5_000;
  private static final Set<LifecycleState> OUT =
      EnumSet.of(
          LifecycleState.STARTING,
          LifecycleState.WARMING,
          LifecycleState.EJECTED,
          LifecycleState.DRAINING,
          LifecycleState.STOPPED);

  /** The edges as written in the contract, apart from those in the code. */
  private static final Set<String> EDGES =
      Set.of(
          "STARTING WARMING",
          "WARMING READY",
          "READY STRAINED",
          "STRAINED READY",
          "STRAINED EJECTED",
          "EJECTED RECOVERING",
          "RECOVERING READY",
          "RECOVERING STRAINED",
          "STARTING DRAINING",
          "WARMING DRAINING",
          "READY DRAINING",
          "STRAINED DRAINING",
          "EJECTED DRAINING",
          "RECOVERING DRAINING",
          "DRAINING STOPPED");

  private final Set<String> taken = new HashSet<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void holdsOnRandomWalks(long seed) {
    walk(seed);
  }

  @Test
  void takesEveryEdge() {
    for (long seed = 0; seed < 100; seed++) {
      walk(seed);
    }
    assertEquals(EDGES, taken);
  }

  private void walk(long seed) {
    Random random = new Random(seed);
    Course course = new Course(LifecycleSettings.DEFAULTS, random.nextLong());
    Walker walker = new Walker(random, course);
    LifecycleState before = course.state();
    for (int step = 0; step < STEPS; step++) {
      walker.step(step);
      String where = "seed " + seed + ", step " + step;
      before = checkEdges(course, before, where);
      checkStatus(course, where);
    }
    course.lifecycle.drain("the end", course.now);
    checkStatus(course, "seed " + seed + ", drained");
    assertFalse(course.budget.wished);
  }

  private LifecycleState checkEdges(Course course, LifecycleState before, String where) {
    LifecycleState state = before;
    for (Transition each : course.transitions) {
      assertEquals(state, each.from(), where);
      String edge = each.from() + " " + each.to();
      assertTrue(EDGES.contains(edge), edge + ", " + where);
      assertFalse(each.cause().isBlank(), where);
      taken.add(edge);
      state = each.to();
    }
    course.transitions.clear();
    assertEquals(state, course.state(), where);
    return state;
  }

  private static void checkStatus(Course course, String where) {
    LifecycleStatus status = course.lifecycle.status();
    assertEquals(!OUT.contains(status.state()), status.isReady(), where);
    assertTrue(
        status.isReady() ? status.weight() >= 0.1 && status.weight() <= 1 : status.weight() == 0,
        status.weight() + ", " + where);
    assertEquals(course.budget.wished, status.wantsOutSinceNanos().isPresent(), where);
    assertTrue(
        !course.budget.wished
            || status.state() == LifecycleState.STRAINED
            || status.state() == LifecycleState.EJECTED,
        where);
    assertTrue(status.heldIn().isEmpty() || status.state() == LifecycleState.STRAINED, where);
    status.causes().forEach(each -> assertFalse(each.evidence().isBlank(), where));
    assertTrue(status.recent().size() <= 32, where);
  }

  /** Does anything at all, and checks on the way that only what lasted ejects. */
  private static final class Walker {
    private final Random random;
    private final Course course;
    private Vitals mood = Signs.WELL.vitals();
    private long illNanos;
    private long loopNanos;

    Walker(Random random, Course course) {
      this.random = random;
      this.course = course;
    }

    void step(int step) {
      switch (random.nextInt(step < 100 ? 1000 : 4000)) {
        case 0 -> course.lifecycle.drain("chance", course.now);
        case 1 -> course.lifecycle.stopped(course.now);
        default -> {}
      }
      switch (random.nextInt(50)) {
        case 0 -> course.lifecycle.loaded(course.now);
        case 1 -> course.lifecycle.warmed(course.now);
        case 2 -> course.budget.answer = answer();
        case 3 -> course.budget.needed = random.nextInt(20) == 0;
        case 4, 5 -> mood = mood();
        default -> {}
      }
      tick();
    }

    private void tick() {
      long before = course.now;
      course.now += random.nextInt(100) == 0 ? random.nextLong() : Course.TICK;
      Vitals vitals = random.nextInt(100) == 0 ? arbitrary() : mood;
      boolean in = course.state().isReady();
      long step = Math.clamp(course.now - before, 0, 1_000_000_000);
      illNanos = ill(vitals) ? illNanos + step : 0;
      loopNanos = has(Symptom.WEDGED_EVENT_LOOP, vitals) ? loopNanos + step : 0;
      course.lifecycle.tick(vitals, course.now);
      if (in && course.state() == LifecycleState.EJECTED) {
        assertTrue(
            illNanos >= 10_000_000_000L || loopNanos >= 2_000_000_000L,
            () -> "ill for " + illNanos + " ns, its loop for " + loopNanos + " ns");
        assertTrue(course.budget.answer instanceof FleetBudget.Granted);
      }
    }

    private static boolean ill(Vitals vitals) {
      return List.of(Symptom.values()).stream()
          .filter(each -> each.kind().ejects())
          .anyMatch(each -> has(each, vitals));
    }

    private static boolean has(Symptom symptom, Vitals vitals) {
      return symptom.severity(vitals, Thresholds.DEFAULTS) >= 0.5;
    }

    private FleetBudget.Answer answer() {
      return switch (random.nextInt(4)) {
        case 0 -> new FleetBudget.Denied("too few");
        case 1 -> new FleetBudget.Unknown("nobody knows");
        default -> new FleetBudget.Granted();
      };
    }

    private Vitals mood() {
      return switch (random.nextInt(6)) {
        case 0 -> Signs.WELL.withStuck(2).vitals();
        case 1 -> Signs.WELL.withCpuUse(1).withCalls(50, 0).vitals();
        case 2 -> arbitrary();
        default -> Signs.WELL.vitals();
      };
    }

    private Vitals arbitrary() {
      return new Vitals(
          random.nextInt(),
          random.nextLong(),
          random.nextInt(-1, 5),
          random.nextLong() >> random.nextInt(64),
          random.nextLong() >> random.nextInt(64),
          figure(),
          figure(),
          figure(),
          figure(),
          figure(),
          figure(),
          figure());
    }

    private double figure() {
      return switch (random.nextInt(8)) {
        case 0 -> Double.NaN;
        case 1 -> Double.POSITIVE_INFINITY;
        case 2 -> Double.NEGATIVE_INFINITY;
        case 3 -> -random.nextDouble();
        case 4 -> 1e300 * random.nextDouble();
        default -> random.nextDouble();
      };
    }
  }
}
