package dev.snowshed.core.lifecycle;

import java.time.Duration;

/** Checks of settings. */
final class Ranges {
  private static final Duration MOST = Duration.ofDays(365);

  private Ranges() {}

  static void share(String name, double value) {
    check(value >= 0 && value <= 1, name, "from 0 to 1", value);
  }

  static void positiveShare(String name, double value) {
    check(value > 0 && value <= 1, name, "above 0 and at most 1", value);
  }

  static void positive(String name, double value) {
    check(value > 0 && value < Double.POSITIVE_INFINITY, name, "above 0", value);
  }

  static void positive(String name, Duration value) {
    check(value.isPositive() && value.compareTo(MOST) <= 0, name, "above 0, at most a year", value);
  }

  static void notNegative(String name, Duration value) {
    check(!value.isNegative() && value.compareTo(MOST) <= 0, name, "from 0 to a year", value);
  }

  static void atLeast(String name, Duration value, String leastName, Duration least) {
    check(value.compareTo(least) >= 0, name, "at least " + leastName + " (" + least + ")", value);
    notNegative(name, value);
  }

  private static void check(boolean good, String name, String range, Object value) {
    if (!good) {
      throw new IllegalArgumentException(name + " must be " + range + ", was " + value);
    }
  }
}
