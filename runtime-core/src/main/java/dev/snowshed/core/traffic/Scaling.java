package dev.snowshed.core.traffic;

/**
 * How many hosts a demand takes: ⌈demand ÷ (safe throughput × headroom)⌉. Immutable.
 *
 * @param headroom share of the safe throughput that is planned with, above 0 and at most 1
 */
public record Scaling(double headroom) {
  /** A fifth is left for what comes between two looks, and for hosts that are lost. */
  public static final Scaling DEFAULT = new Scaling(0.8);

  /** What lies this close above a whole number is one: rounding of floating point. */
  private static final double ROUNDING = 1e-9;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the headroom is out of range
   */
  public Scaling {
    if (!(headroom > 0 && headroom <= 1)) {
      throw new IllegalArgumentException("headroom is above 0 and at most 1, not " + headroom);
    }
  }

  /**
   * Hosts for one function.
   *
   * @param demandPerSecond what is offered, refused requests included
   * @param safePerSecond what one host carries, above 0
   * @return 0 without demand
   */
  public int instances(double demandPerSecond, double safePerSecond) {
    if (!(safePerSecond > 0)) {
      throw new IllegalArgumentException("a safe throughput is above 0, not " + safePerSecond);
    }
    return instances(demandPerSecond / safePerSecond);
  }

  /**
   * Hosts for a mix.
   *
   * @param hostLoad rates times costs in host-seconds, added up: how many hosts are full of it
   * @return 0 without load
   */
  public int instances(double hostLoad) {
    return (int) Math.ceil(Math.max(0, hostLoad) / headroom - ROUNDING);
  }
}
