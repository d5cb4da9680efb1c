package dev.snowshed.core.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A host's life on a clock that a test turns, four ticks per second. */
final class Course {
  static final long TICK = 250_000_000;

  final ScriptedBudget budget = new ScriptedBudget();
  final List<Transition> transitions = new ArrayList<>();
  final Lifecycle lifecycle;
  long now;

  Course(LifecycleSettings settings, long start) {
    now = start;
    lifecycle = new Lifecycle(settings, budget, new Random(1), start);
    lifecycle.onTransition(transitions::add);
  }

  /** A host that starts, with the settings for production. */
  static Course starting() {
    return new Course(LifecycleSettings.DEFAULTS, -5);
  }

  /** A host that is ready and past its slow start. */
  static Course ready() {
    Course course = starting();
    course.lifecycle.loaded(course.now);
    course.lifecycle.warmed(course.now);
    return course.live(Signs.WELL, 31);
  }

  /** A host that is out. */
  static Course ejected() {
    return ready().live(Signs.WELL.withStuck(2), 12);
  }

  /** Lets time pass with the same signs all the while. */
  Course live(Signs signs, double seconds) {
    return live(signs.vitals(), seconds);
  }

  Course live(Vitals vitals, double seconds) {
    for (long end = now + Signs.nanos(seconds); now - end < 0; ) {
      now += TICK;
      lifecycle.tick(vitals, now);
    }
    return this;
  }

  LifecycleState state() {
    return lifecycle.status().state();
  }

  /** How many seconds pass with the same signs until a state is reached; 1000 if it is not. */
  double secondsUntil(LifecycleState state, Signs signs) {
    double seconds = 0;
    while (state() != state && seconds < 1000) {
      live(signs, 0.25);
      seconds += 0.25;
    }
    return seconds;
  }

  List<Cause.Kind> kinds() {
    return lifecycle.status().causes().stream().map(Cause::kind).toList();
  }
}
