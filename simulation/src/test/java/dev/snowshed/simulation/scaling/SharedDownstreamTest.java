package dev.snowshed.simulation.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.simulation.engine.Downstream.Wait;
import dev.snowshed.simulation.engine.Jobs;
import dev.snowshed.simulation.scenario.Schedule;
import org.junit.jupiter.api.Test;

class SharedDownstreamTest {
  private static final long FAR = 1_000;

  private static SharedDownstream with(int places) {
    return new SharedDownstream(
        new SharedDownstream.Load(places, Schedule.always(1.0), 0), 2, () -> 2);
  }

  private static Wait wait(SharedDownstream downstream, long deadlineNanos, long nowNanos) {
    return downstream.wait(Jobs.waiting(10, deadlineNanos), nowNanos);
  }

  @Test
  void queuesForAPlace() {
    SharedDownstream downstream = with(2);

    assertEquals(new Wait(10, false), wait(downstream, FAR, 0));
    assertEquals(new Wait(10, false), wait(downstream, FAR, 0));
    assertEquals(new Wait(18, false), wait(downstream, FAR, 2));
    assertEquals(new Wait(10, false), wait(downstream, FAR, 50));
  }

  @Test
  void keepsThePlaceOfACallThatIsGivenUp() {
    SharedDownstream downstream = with(1);

    assertEquals(new Wait(5, true), wait(downstream, 5, 0));
    assertEquals(new Wait(15, false), wait(downstream, FAR, 5));
  }

  @Test
  void givesNoPlaceToACallThatIsGivenUpBeforeItBegins() {
    SharedDownstream downstream = with(1);

    assertEquals(new Wait(10, false), wait(downstream, FAR, 0));
    assertEquals(new Wait(5, true), wait(downstream, 5, 0));
    assertEquals(new Wait(0, true), wait(downstream, 5, 7));
    assertEquals(new Wait(20, false), wait(downstream, FAR, 0));
  }

  @Test
  void getsSlowerByEachFurtherInstance() {
    SharedDownstream.Load load = new SharedDownstream.Load(1, Schedule.always(3.0), 0.05);

    assertEquals(new Wait(33, false), wait(new SharedDownstream(load, 2, () -> 4), FAR, 0));
    assertEquals(new Wait(30, false), wait(new SharedDownstream(load, 2, () -> 1), FAR, 0));
  }
}
