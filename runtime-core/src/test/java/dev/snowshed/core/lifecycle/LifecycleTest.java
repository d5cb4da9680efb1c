package dev.snowshed.core.lifecycle;

import static dev.snowshed.core.lifecycle.LifecycleState.DRAINING;
import static dev.snowshed.core.lifecycle.LifecycleState.EJECTED;
import static dev.snowshed.core.lifecycle.LifecycleState.READY;
import static dev.snowshed.core.lifecycle.LifecycleState.RECOVERING;
import static dev.snowshed.core.lifecycle.LifecycleState.STARTING;
import static dev.snowshed.core.lifecycle.LifecycleState.STOPPED;
import static dev.snowshed.core.lifecycle.LifecycleState.STRAINED;
import static dev.snowshed.core.lifecycle.LifecycleState.WARMING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleTest {
  private static final Signs STUCK = Signs.WELL.withStuck(2);
  private static final Signs SHEDDING = Signs.WELL.withCalls(30, 100);

  private static Course in(LifecycleState state) {
    Course course =
        switch (state) {
          case STARTING, WARMING -> Course.starting();
          case READY, STRAINED, DRAINING, STOPPED -> Course.ready();
          case EJECTED, RECOVERING -> Course.ejected();
        };
    switch (state) {
      case WARMING -> course.lifecycle.loaded(course.now);
      case STRAINED -> course.live(SHEDDING, 2);
      case RECOVERING -> course.secondsUntil(RECOVERING, Signs.WELL);
      case DRAINING -> course.lifecycle.drain("asked", course.now);
      case STOPPED -> course.lifecycle.stopped(course.now);
      case STARTING, READY, EJECTED -> {}
    }
    course.transitions.clear();
    return course;
  }

  @ParameterizedTest
  @EnumSource
  void reachesEachState(LifecycleState state) {
    Course course = in(state);
    assertEquals(state, course.state());
    assertEquals(
        List.of(READY, STRAINED, RECOVERING).contains(state), course.lifecycle.status().isReady());
  }

  @Test
  void startsWithoutATick() {
    Course course = Course.starting();
    assertEquals(STARTING, course.state());
    assertEquals(-5, course.lifecycle.status().sinceNanos());
    assertEquals(List.of(Cause.Kind.FUNCTIONS_LOADING), course.kinds());
    assertEquals(0, course.lifecycle.status().weight());
  }

  @Test
  void warmsWhenLoaded() {
    Course course = in(STARTING);
    course.lifecycle.loaded(7);
    assertEquals(
        List.of(new Transition(STARTING, WARMING, 7, "functions are loaded")), course.transitions);
    assertEquals(List.of(Cause.Kind.WARM_UP), course.kinds());
  }

  @Test
  void isReadyWhenWarm() {
    Course course = in(WARMING);
    course.lifecycle.warmed(7);
    assertEquals(
        List.of(new Transition(WARMING, READY, 7, "functions are warm")), course.transitions);
    assertEquals(List.of(), course.kinds());
  }

  @Test
  void isLoadedWhenWarm() {
    Course course = in(STARTING);
    course.lifecycle.warmed(7);
    assertEquals(READY, course.state());
    assertEquals(2, course.transitions.size());
  }

  @Test
  void staysOutHoweverLongWarmUpTakes() {
    for (LifecycleState state : List.of(STARTING, WARMING)) {
      assertEquals(state, in(state).live(STUCK, 100).live(Signs.WELL, 100).state());
    }
  }

  @Test
  void isNotStrainedByWarmUp() {
    Course course = in(WARMING).live(Signs.WELL.withStartDelay(5), 100);
    course.lifecycle.warmed(course.now);
    assertEquals(READY, course.live(Signs.WELL, 10).state());
    assertEquals(1, course.transitions.size());
  }

  @Test
  void isStrainedWhileItSheds() {
    Course course = in(READY).live(SHEDDING, 1);
    assertEquals(READY, course.state());
    assertEquals(STRAINED, course.live(SHEDDING, 0.25).state());
    assertEquals("30 % of 100 calls per second are refused", course.transitions.getFirst().cause());
    assertEquals(List.of(Cause.Kind.SHEDDING), course.kinds());
    assertTrue(course.lifecycle.status().isReady());
  }

  @Test
  void isReadyAgainWhenItHasNotShedForAWhile() {
    Course course = in(STRAINED).live(Signs.WELL, 5);
    assertEquals(STRAINED, course.state());
    assertEquals(READY, course.live(Signs.WELL, 0.25).state());
  }

  @Test
  void neverLeavesForShedding() {
    Course course = in(READY).live(Signs.WELL.withCalls(99, 100), 10_000);
    assertEquals(STRAINED, course.state());
    assertFalse(course.budget.wished);
  }

  @Test
  void leavesThreeSecondsAfterAnEventLoopHasComeToAStop() {
    Course course = in(READY);
    double seconds = 0;
    while (course.state() != EJECTED && seconds < 100) {
      seconds += 0.25;
      course.live(Signs.WELL.withLoopDelay(seconds), 0.25);
    }
    assertEquals(3, seconds);
  }

  @Test
  void doesNotTakeItsOwnPauseForAnEventLoopThatStandsStill() {
    Course course = in(READY);
    course.transitions.clear();
    course.live(Signs.WELL.withLoopDelay(60), 0.25).live(Signs.WELL, 100);
    assertEquals(List.of(), course.transitions);
    assertFalse(course.budget.wished);
  }

  @Test
  void leavesWhenALocalCauseHasLastedAndTheFleetAgrees() {
    Course course = in(READY).live(STUCK, 10);
    assertEquals(STRAINED, course.state());
    assertFalse(course.budget.wished);
    assertEquals(EJECTED, course.live(STUCK, 0.25).state());
    assertEquals("2 threads stuck for 21 s", course.transitions.getLast().cause());
    assertEquals(0, course.lifecycle.status().weight());
    assertTrue(course.budget.wished);
    assertEquals(OptionalLong.of(course.now), course.lifecycle.status().wantsOutSinceNanos());
  }

  @Test
  void namesTheCauseThatLastedAndNotTheOldest() {
    Course course = in(STRAINED).live(SHEDDING.withStuck(3), 12);
    assertEquals(EJECTED, course.state());
    assertEquals("3 threads stuck for 21 s", course.transitions.getLast().cause());
    assertEquals(List.of(Cause.Kind.SHEDDING, Cause.Kind.STUCK_THREADS), course.kinds());
  }

  @Test
  void staysInWithoutTheFleetsAgreement() {
    for (FleetBudget.Answer answer :
        List.of(new FleetBudget.Denied("no"), new FleetBudget.Unknown("no"))) {
      Course course = in(READY);
      course.budget.answer = answer;
      course.live(STUCK, 1000);
      assertEquals(STRAINED, course.state());
      assertEquals(Optional.of("no"), course.lifecycle.status().heldIn());
      assertTrue(course.lifecycle.status().wantsOutSinceNanos().isPresent());
      course.live(Signs.WELL, 0.25);
      assertFalse(course.budget.wished);
      assertEquals(Optional.empty(), course.lifecycle.status().heldIn());
      assertEquals(OptionalLong.empty(), course.lifecycle.status().wantsOutSinceNanos());
    }
  }

  @Test
  void staysInAlone() {
    FleetBudget alone = FleetBudget.alone();
    assertTrue(alone.mayLeave(0) instanceof FleetBudget.Unknown);
    assertTrue(alone.mustReturn(0));
  }

  @Test
  void comesBackWhenWellAndHoldOffIsOver() {
    Course course = in(EJECTED);
    double seconds = course.secondsUntil(RECOVERING, Signs.WELL);
    assertTrue(seconds >= 7 && seconds <= 12.25, seconds + " s");
    assertEquals("all local causes are gone", course.transitions.getLast().cause());
    assertFalse(course.budget.wished);
    assertEquals(0.1, course.lifecycle.status().weight());
  }

  @Test
  void staysOutWhileIll() {
    assertEquals(EJECTED, in(EJECTED).live(STUCK, 1000).state());
  }

  @Test
  void comesBackThoughIllWhenTheFleetNeedsIt() {
    Course course = in(EJECTED);
    course.budget.needed = true;
    course.live(STUCK, 0.25);
    assertEquals(RECOVERING, course.state());
    assertFalse(course.budget.wished);
    assertEquals(STRAINED, course.live(STUCK, 0.25).state());
    double seconds = course.secondsUntil(EJECTED, STUCK);
    assertTrue(seconds >= 9.5, "a cause must last anew: " + seconds + " s");
  }

  @Test
  void comesBackWhenNothingIsKnownOfIt() {
    assertEquals(RECOVERING, in(EJECTED).live(Vitals.UNKNOWN, 13).state());
  }

  @Test
  void relapses() {
    assertEquals(STRAINED, in(RECOVERING).live(STUCK, 1.25).state());
  }

  @Test
  void isReadyAfterSlowStart() {
    Course course = in(RECOVERING).live(Signs.WELL, 29.75);
    assertEquals(RECOVERING, course.state());
    assertEquals(READY, course.live(Signs.WELL, 0.25).state());
    assertEquals(1, course.lifecycle.status().weight());
  }

  @Test
  void keepsSlowStartThroughARelapse() {
    Course course = in(RECOVERING).live(SHEDDING, 2).live(Signs.WELL, 6);
    assertEquals(READY, course.state());
    assertEquals(0.1 + 0.9 * 8 / 30, course.lifecycle.status().weight(), 0.15);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"DRAINING", "STOPPED"},
      mode = EnumSource.Mode.EXCLUDE)
  void drainsFromAnyState(LifecycleState state) {
    Course course = in(state);
    course.lifecycle.drain("asked", 7);
    course.lifecycle.drain("again", 8);
    course.lifecycle.loaded(9);
    course.lifecycle.warmed(9);
    course.live(STUCK, 20);
    assertEquals(List.of(new Transition(state, DRAINING, 7, "asked")), course.transitions);
    assertEquals(
        List.of(new Cause(Cause.Kind.DRAIN, "asked", 7)), course.lifecycle.status().causes());
    assertEquals(0, course.lifecycle.status().weight());
    assertFalse(course.budget.wished);
    course.lifecycle.stopped(10);
    assertEquals(STOPPED, course.live(Signs.WELL, 20).state());
    assertEquals(2, course.transitions.size());
  }

  @Test
  void drainsBeforeItStops() {
    Course course = in(READY);
    course.lifecycle.stopped(7);
    assertEquals(
        List.of(DRAINING, STOPPED), course.transitions.stream().map(Transition::to).toList());
  }

  @Test
  void withdrawsAWishWhenItDrains() {
    Course course = in(READY);
    course.budget.answer = new FleetBudget.Denied("no");
    course.live(STUCK, 20);
    assertTrue(course.budget.wished);
    course.lifecycle.drain("asked", course.now);
    assertFalse(course.budget.wished);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 1, 2, 4})
  void doesNotFlapWithItsFigures(double seconds) {
    Course course = in(READY);
    for (double passed = 0; passed < 600; passed += 2 * seconds) {
      course.live(STUCK, seconds).live(Signs.WELL, seconds);
    }
    assertTrue(course.transitions.size() <= 1, course.transitions.toString());
    assertFalse(course.budget.wished);
  }

  @Test
  void flapsSlowlyAtWorst() {
    Course course = in(READY);
    for (int round = 0; round < 60; round++) {
      course.live(STUCK, 1.25).live(Signs.WELL, 5.25);
    }
    assertEquals(120, course.transitions.size());
    assertFalse(course.budget.wished);
  }

  @ParameterizedTest
  @ValueSource(longs = {3_600_000_000_000L, -3_600_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE})
  void doesNotLeaveForAJumpOfTheClock(long jump) {
    Course course = in(READY).live(STUCK, 2);
    course.now += jump;
    assertEquals(STRAINED, course.live(STUCK, 7).state());
    assertFalse(course.budget.wished);
    assertEquals(EJECTED, course.live(STUCK, 3).state());
  }

  @Test
  void staysOutLongerWithEachRelapse() {
    Course course = in(EJECTED);
    List<Double> out = new ArrayList<>();
    for (int round = 0; round < 8; round++) {
      out.add(course.secondsUntil(RECOVERING, Signs.WELL));
      course.secondsUntil(EJECTED, STUCK);
    }
    for (int round = 0; round < out.size(); round++) {
      double expected = Math.min(300, 10 * Math.pow(2, round));
      assertEquals(expected, out.get(round), 0.2 * expected + 1, out.toString());
    }
  }

  @Test
  void forgetsRelapsesAfterALongTimeInHealth() {
    Course course = in(EJECTED);
    course.secondsUntil(RECOVERING, Signs.WELL);
    course.live(Signs.WELL, 601);
    course.secondsUntil(EJECTED, STUCK);
    assertTrue(course.secondsUntil(RECOVERING, Signs.WELL) <= 12.25);
  }

  @Test
  void remembersTheLastTransitions() {
    Course course = in(READY);
    for (int round = 0; round < 60; round++) {
      course.live(STUCK, 1.25).live(Signs.WELL, 5.25);
    }
    List<Transition> recent = course.lifecycle.status().recent();
    assertEquals(course.transitions.subList(120 - 32, 120), recent);
  }

  @Test
  void tellsOfTransitionsWithoutTheLock() throws InterruptedException {
    Course course = in(STARTING);
    List<LifecycleState> seen = new ArrayList<>();
    course.lifecycle.onTransition(
        each -> {
          Thread other = Thread.ofVirtual().start(() -> course.lifecycle.drain("asked", 8));
          try {
            other.join();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          seen.add(each.to());
        });
    course.lifecycle.loaded(7);
    assertTrue(seen.containsAll(List.of(WARMING)), seen.toString());
    assertEquals(DRAINING, course.state());
  }
}
