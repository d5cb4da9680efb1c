package dev.snowshed.core.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelRunsTest {
  private final Level level = new Level(256);

  @Test
  void hasTheMeansOfItsRuns() {
    level.add(10, 1e6, true);
    level.add(20, 3e6, true);
    assertEquals(2, level.completions());
    assertEquals(15, level.inflight());
    assertEquals(2e6, level.runNanos());
  }

  /** Runs in one line tell no more than the services they waited for. */
  @ParameterizedTest
  @CsvSource({"1, 1, 0.5", "10, 16, 0.03846", "100, 16, 0.00862", "10, 90, 0.01"})
  void isAtLeastSoUncertainAsRunsInOneLine(int inflight, int runs, double error) {
    for (int i = 0; i < runs; i++) {
      level.add(inflight, 1e6, true);
    }
    assertEquals(error, level.relativeError(), 1e-5);
  }

  @Test
  void isAsUncertainAsItsSpread() {
    // mean 2, variance 100 ÷ 99 of 1: the squared error is that ÷ 4 ÷ 100
    for (int i = 0; i < 100; i++) {
      level.add(1_000, i % 2 == 0 ? 1 : 3, true);
    }
    assertEquals(100.0 / 99 / 4 / 100, level.relativeError(), 1e-9);
  }

  /** Half of the runs were cut: each that was done took the time of two, with the error of p. */
  @Test
  void countsTheTimeOfRunsThatWereCutForThoseThatWereDone() {
    for (int i = 0; i < 100; i++) {
      level.add(1_000, 1e6, i % 2 == 0);
    }
    assertEquals(2e6, level.runNanos(), 1);
    assertEquals(1.0 / 1_100 + (1 / 0.5 - 1) / 100, level.relativeError(), 1e-9);
    assertFalse(level.isLost());
  }

  @Test
  void isLostWhenMostWereCut() {
    for (int i = 0; i < 100; i++) {
      level.add(10, 1e6, i < 49);
    }
    assertTrue(level.isLost());
  }

  @Test
  void staysFiniteWhenAllWereCut() {
    for (int i = 0; i < 16; i++) {
      level.add(10, 1e6, false);
    }
    assertEquals(32e6, level.runNanos(), 1, "as if half a run had been done");
    assertTrue(Double.isFinite(level.relativeError()));
    assertTrue(level.isLost());
  }

  @Test
  void knowsNothingLostBeforeItsFirstRun() {
    assertFalse(level.isLost());
  }

  @Test
  void forgets() {
    for (int i = 0; i < 10_000; i++) {
      level.add(i < 5_000 ? 1 : 9, i < 5_000 ? 1e3 : 1e6, true);
    }
    assertTrue(level.completions() <= 257);
    assertEquals(9, level.inflight(), 1e-3);
    assertEquals(1e6, level.runNanos(), 1e3);
  }
}
