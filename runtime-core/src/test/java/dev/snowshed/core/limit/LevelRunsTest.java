package dev.snowshed.core.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelRunsTest {
  private final Level level = new Level();

  @Test
  void hasTheMeansOfItsRuns() {
    level.add(10, 1e6);
    level.add(20, 3e6);
    assertEquals(2, level.completions());
    assertEquals(15, level.inflight());
    assertEquals(2e6, level.runNanos());
  }

  /** Runs in one line tell no more than the services they waited for. */
  @ParameterizedTest
  @CsvSource({"1, 1, 0.5", "10, 16, 0.03846", "100, 16, 0.00862", "10, 90, 0.01"})
  void isAtLeastSoUncertainAsRunsInOneLine(int inflight, int runs, double error) {
    for (int i = 0; i < runs; i++) {
      level.add(inflight, 1e6);
    }
    assertEquals(error, level.relativeError(), 1e-5);
  }

  @Test
  void isAsUncertainAsItsSpread() {
    // mean 2, variance 100 ÷ 99 of 1: the squared error is that ÷ 4 ÷ 100
    for (int i = 0; i < 100; i++) {
      level.add(1_000, i % 2 == 0 ? 1 : 3);
    }
    assertEquals(100.0 / 99 / 4 / 100, level.relativeError(), 1e-9);
  }

  @Test
  void forgets() {
    for (int i = 0; i < 10_000; i++) {
      level.add(i < 5_000 ? 1 : 9, i < 5_000 ? 1e3 : 1e6);
    }
    assertTrue(level.completions() <= 257);
    assertEquals(9, level.inflight(), 1e-3);
    assertEquals(1e6, level.runNanos(), 1e3);
  }
}
