package dev.snowshed.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OutcomeTest {

  @Test
  void isGoodOrRefusedOnlyWithinTheDeadline() {
    assertEquals(Outcome.GOOD, Outcome.of(200, 100, 100));
    assertEquals(Outcome.REFUSED, Outcome.of(503, 100, 100));
    assertEquals(Outcome.REFUSED, Outcome.of(429, 1, 100));
    assertEquals(Outcome.FAILED, Outcome.of(504, 99, 100));
    for (int status : new int[] {200, 429, 500, 503, 504}) {
      assertEquals(Outcome.LATE, Outcome.of(status, 101, 100), "status " + status);
    }
  }

  @Test
  void tellsApartWhatWasNeverAnswered() {
    assertEquals(Outcome.LATE, Outcome.of(Outcome.NO_ANSWER, 1, 100));
    assertEquals(Outcome.FAILED, Outcome.of(Outcome.BROKEN, 101, 100));
    assertEquals(Outcome.UNSENT, Outcome.of(Outcome.NO_CONNECTION, 0, 100));
  }
}
