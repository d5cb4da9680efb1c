package dev.snowshed.runtime.management;

import dev.snowshed.core.dependency.EdgeSnapshot;
import dev.snowshed.runtime.dependency.Breaker;
import java.util.Locale;

/** How a dependency does now, seen from a function that calls it. */
enum Health {
  /** Nearly all calls of the last minute succeeded. */
  GOOD,
  /** Some did not, or one call tries whether it has recovered. */
  IMPAIRED,
  /** Half of them or more did not, or none gets through. */
  BAD,
  /** There were none. */
  IDLE;

  private static final double IMPAIRED_FROM = 0.05;
  private static final double BAD_FROM = 0.5;

  static Health of(EdgeSnapshot edge, Breaker breaker) {
    if (breaker == Breaker.OPEN) {
      return BAD;
    }
    if (breaker == Breaker.HALF_OPEN) {
      return IMPAIRED;
    }
    return edge.callsPerSecond() > 0 ? of(edge.errorRate()) : IDLE;
  }

  private static Health of(double errorRate) {
    if (errorRate >= BAD_FROM) {
      return BAD;
    }
    return errorRate >= IMPAIRED_FROM ? IMPAIRED : GOOD;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
