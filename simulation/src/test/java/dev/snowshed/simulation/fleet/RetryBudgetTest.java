package dev.snowshed.simulation.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private static int taken(RetryBudget budget, int asked) {
    int taken = 0;
    for (int i = 0; i < asked; i++) {
      taken += budget.takesRetry() ? 1 : 0;
    }
    return taken;
  }

  @Test
  void allowsAShareOfTheRequests() {
    RetryBudget budget = new RetryBudget(0.25, 5);

    assertEquals(5, taken(budget, 100));
    for (int i = 0; i < 12; i++) {
      budget.requested();
    }
    assertEquals(3, taken(budget, 100));
  }

  @Test
  void savesUpOnlySoMuch() {
    RetryBudget budget = new RetryBudget(0.5, 2);
    for (int i = 0; i < 100; i++) {
      budget.requested();
    }

    assertEquals(2, taken(budget, 100));
  }

  @Test
  void canBeInfinite() {
    RetryBudget budget = new RetryBudget(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    assertEquals(1000, taken(budget, 1000));
  }
}
