package dev.snowshed.simulation.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.snowshed.simulation.scenario.Schedule.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final List<Step<String>> STEPS = List.of(new Step<>(0, "a"), new Step<>(10, "b"));

  @Test
  void aStepHoldsUntilTheNext() {
    Schedule<String> schedule = new Schedule<>(STEPS, 0);

    assertEquals(
        List.of("a", "a", "b", "b"),
        List.of(at(schedule, 0), at(schedule, 9), at(schedule, 10), at(schedule, 99)));
    assertEquals(10, schedule.nextChange(0));
    assertEquals(Long.MAX_VALUE, schedule.nextChange(10));
  }

  @Test
  void stepsRepeatWithTheCycle() {
    Schedule<String> schedule = new Schedule<>(STEPS, 15);

    assertEquals(
        List.of("b", "a", "a", "b"),
        List.of(at(schedule, 14), at(schedule, 15), at(schedule, 24), at(schedule, 25)));
    assertEquals(15, schedule.nextChange(10));
    assertEquals(25, schedule.nextChange(15));
  }

  @Test
  void stepsMustRise() {
    assertThrows(IllegalArgumentException.class, () -> new Schedule<>(List.of(), 0));
    assertThrows(IllegalArgumentException.class, () -> new Schedule<>(STEPS.reversed(), 0));
  }

  private static String at(Schedule<String> schedule, long nanos) {
    return schedule.at(nanos);
  }
}
