package dev.snowshed.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ClosedLoopTest {

  @Test
  void asksAgainWhenAnsweredAndLaterWhenRefused() {
    ClosedLoop loop = new ClosedLoop(2);
    loop.take();
    loop.take();
    assertEquals(Arrivals.NONE, loop.nextNanos());

    loop.ended(1000, Outcome.REFUSED);
    loop.ended(2000, Outcome.GOOD);

    assertEquals(2000, loop.nextNanos());
    loop.take();
    assertEquals(1000 + ClosedLoop.PAUSE_NANOS, loop.nextNanos());
  }
}
