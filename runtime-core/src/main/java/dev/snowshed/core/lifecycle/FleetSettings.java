package dev.snowshed.core.lifecycle;

import java.time.Duration;

/**
 * How many hosts of a fleet may be out.
 *
 * @param maxOut the share of the fleet that may be out at once, rounded down to hosts; 0 to 1
 * @param minReady the share of the fleet below which those that have left come back, and below
 *     which, of others that are well, none leaves; 0 to 1, and with {@code maxOut} at most 1
 * @param staleAfter the age from which on news of a host is worth nothing, and the host counts as
 *     out; above 0
 * @param forgetAfter the age of news from which on a host no longer counts as one of the fleet;
 *     more than {@code staleAfter}
 */
public record FleetSettings(
    double maxOut, double minReady, Duration staleAfter, Duration forgetAfter) {

  /** A third may be out; they come back when less than half would be left. */
  public static final FleetSettings DEFAULTS =
      new FleetSettings(1 / 3.0, 0.5, Duration.ofSeconds(3), Duration.ofMinutes(5));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public FleetSettings {
    Ranges.share("maxOut", maxOut);
    Ranges.share("minReady", minReady);
    Ranges.share("maxOut and minReady together", maxOut + minReady);
    Ranges.positive("staleAfter", staleAfter);
    Ranges.atLeast("forgetAfter", forgetAfter, "staleAfter", staleAfter);
  }
}
