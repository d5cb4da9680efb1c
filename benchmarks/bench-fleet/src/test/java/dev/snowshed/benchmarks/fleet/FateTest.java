package dev.snowshed.benchmarks.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.benchmarks.load.LoadRun.Ended;
import dev.snowshed.benchmarks.load.Outcome;
import org.junit.jupiter.api.Test;

class FateTest {
  private static Fate of(Outcome outcome, int status) {
    return Fate.of(new Ended(0, 0, outcome, status));
  }

  @Test
  void tellsAnAnswerThatCameFromNone() {
    assertEquals(Fate.GOOD, of(Outcome.GOOD, 200));
    assertEquals(Fate.REFUSED, of(Outcome.REFUSED, 503));
    assertEquals(Fate.LATE, of(Outcome.LATE, 200));
    assertEquals(Fate.LATE, of(Outcome.FAILED, 504));
    assertEquals(Fate.LOST, of(Outcome.LATE, Outcome.NO_ANSWER));
    assertEquals(Fate.LOST, of(Outcome.FAILED, 502));
    assertEquals(Fate.LOST, of(Outcome.UNSENT, 0));
  }
}
