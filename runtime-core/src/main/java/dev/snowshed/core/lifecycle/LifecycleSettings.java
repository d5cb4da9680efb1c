package dev.snowshed.core.lifecycle;

import java.time.Duration;

/**
 * How a host's life goes. Nothing has to be set: {@link #DEFAULTS} are for production.
 *
 * @param thresholds from which figures on something is the matter
 * @param strainAfter how long a figure must be at its threshold to strain; 0 or more
 * @param ejectAfter how long it must stay there, without a break, to eject; at least {@code
 *     strainAfter}
 * @param loopWedgedAfter how long an event loop must have stood still to eject: such a loop is
 *     never meant to wait, and nothing that came in by it is answered; at least the thresholds'
 *     {@code loopDelay}
 * @param collapsedAfter as {@code ejectAfter}, for collapsed goodput, which shedding should mend
 *     first; at least {@code strainAfter}
 * @param recovery how long it must be below half its threshold until the cause is gone; 0 or more
 * @param holdOff how long the first ejection lasts at least; each relapse doubles it; above 0
 * @param maxHoldOff what it grows to at most, before jitter; at least {@code holdOff}
 * @param jitter the share by which it varies by chance, up and down; 0 to 1
 * @param forgiveAfter how long a host must be in rotation without a cause that ejects until its
 *     relapses are forgotten; above 0
 * @param slowStart how long the weight takes to grow to 1 after warm-up and after ejection; 0 or
 *     more
 * @param weightFloor the least weight of a host in rotation, and what slow start begins with; above
 *     0, at most 1
 */
public record LifecycleSettings(
    Thresholds thresholds,
    Duration strainAfter,
    Duration ejectAfter,
    Duration loopWedgedAfter,
    Duration collapsedAfter,
    Duration recovery,
    Duration holdOff,
    Duration maxHoldOff,
    double jitter,
    Duration forgiveAfter,
    Duration slowStart,
    double weightFloor) {

  /** For production. */
  public static final LifecycleSettings DEFAULTS =
      new LifecycleSettings(
          Thresholds.DEFAULTS,
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          0.2,
          Duration.ofMinutes(10),
          Duration.ofSeconds(30),
          0.1);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public LifecycleSettings {
    Ranges.notNegative("strainAfter", strainAfter);
    Ranges.atLeast("ejectAfter", ejectAfter, "strainAfter", strainAfter);
    Ranges.atLeast("loopWedgedAfter", loopWedgedAfter, "loopDelay", thresholds.loopDelay());
    Ranges.atLeast("collapsedAfter", collapsedAfter, "strainAfter", strainAfter);
    Ranges.notNegative("recovery", recovery);
    Ranges.positive("holdOff", holdOff);
    Ranges.atLeast("maxHoldOff", maxHoldOff, "holdOff", holdOff);
    Ranges.share("jitter", jitter);
    Ranges.positive("forgiveAfter", forgiveAfter);
    Ranges.notNegative("slowStart", slowStart);
    Ranges.positiveShare("weightFloor", weightFloor);
  }
}
