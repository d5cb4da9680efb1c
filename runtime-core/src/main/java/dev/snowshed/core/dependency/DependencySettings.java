package dev.snowshed.core.dependency;

import java.time.Duration;

/**
 * How evidence is gathered for one function.
 *
 * @param source names who gathers it, for ever: evidence of one source is counted once. Take an
 *     identity that a restart changes
 * @param budget how long a call of the function may take, such as its timeout; above 0. A
 *     dependency is slow when it takes half of it
 * @param window how old evidence may be; above 0
 * @param slice the time within which calls are compared with each other; above 0, at most {@code
 *     window}
 * @param confidence of each verdict; above 0.5 and below 1
 */
public record DependencySettings(
    String source, Duration budget, Duration window, Duration slice, double confidence) {

  /** The budget of a function without one. */
  public static final Duration NO_BUDGET = Duration.ofDays(365);

  /** The usual settings: a day in minutes, 95 %. */
  public DependencySettings(String source, Duration budget) {
    this(source, budget, Duration.ofDays(1), Duration.ofMinutes(1), 0.95);
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public DependencySettings {
    check(!source.isBlank(), "source must not be blank");
    check(positive(budget), "budget must be above 0, at most a year, was " + budget);
    check(positive(window), "window must be above 0, at most a year, was " + window);
    check(positive(slice), "slice must be above 0, at most a year, was " + slice);
    check(slice.compareTo(window) <= 0, "slice must be at most window (" + window + ")");
    check(confidence > 0.5 && confidence < 1, "confidence must be above 0.5 and below 1");
  }

  boolean hasBudget() {
    return budget.compareTo(NO_BUDGET) < 0;
  }

  private static boolean positive(Duration value) {
    return value.isPositive() && value.compareTo(NO_BUDGET) <= 0;
  }

  private static void check(boolean good, String problem) {
    if (!good) {
      throw new IllegalArgumentException(problem);
    }
  }
}
