package dev.snowshed.simulation.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class IntervalTest {

  @Test
  void isThatOfStudent() {
    Interval interval = Interval.of(1, 2, 3, 4, 5);

    assertEquals(3, interval.mean());
    assertEquals(2.776 * Math.sqrt(2.5 / 5), interval.half(), 1e-9);
    assertEquals(interval.mean() - interval.half(), interval.low(), 1e-12);
  }

  @Test
  void leavesOutWhatDoesNotApply() {
    assertEquals(Interval.of(1, 3), Interval.of(1, Double.NaN, 3));
    assertEquals(new Interval(7, 7, 7), Interval.of(7));
    assertFalse(Interval.of(Double.NaN).applies());
    assertFalse(Interval.of().applies());
  }

  /** Against tables of the distribution. */
  @Test
  void quantilesAreRightBeyondTheTable() {
    assertEquals(2.042, Interval.student(30));
    assertEquals(2.021, Interval.student(40), 0.002);
    assertEquals(1.984, Interval.student(100), 0.001);
    assertEquals(1.960, Interval.student(1_000_000), 0.001);
  }
}
