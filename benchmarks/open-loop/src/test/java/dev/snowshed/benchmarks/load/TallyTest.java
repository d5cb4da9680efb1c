package dev.snowshed.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final long MILLI = 1_000_000;
  private final Tally tally = new Tally();

  @Test
  void keepsTheLatenciesOfGoodAndRefusedApart() {
    for (int millis = 1; millis <= 100; millis++) {
      tally.ended(Outcome.GOOD, 200, millis * MILLI);
      tally.ended(Outcome.REFUSED, 503, MILLI);
    }
    tally.ended(Outcome.LATE, 200, 900 * MILLI);

    assertEquals(50, tally.goodMillis(50), 0.1);
    assertEquals(99, tally.goodMillis(99), 0.1);
    assertEquals(1, tally.refusedMillis(99), 0.01);
    assertEquals(201, tally.offered());
    assertEquals(101, tally.served());
    assertEquals(1, tally.count(Outcome.LATE));
    assertEquals(0, tally.count(Outcome.FAILED));
  }

  @Test
  void countsGoodAnswersWhenTheyCome() {
    tally.goodAnswer(2_500 * MILLI);
    tally.goodAnswer(2_600 * MILLI);
    tally.goodAnswer(0);

    assertEquals(List.of(1, 0, 2), tally.goodBySecond());
    assertEquals(3, tally.goodAnswers());
  }
}
