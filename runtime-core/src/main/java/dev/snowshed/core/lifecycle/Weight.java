package dev.snowshed.core.lifecycle;

/**
 * Which share of a healthy host's traffic this one should get: {@code max(floor, slow start ×
 * share)}. Slow start rises evenly from the floor to 1. While the part {@code r} of the offered
 * calls is refused, the share shrinks by the factor {@code 1 - r/2} each second and is drawn back
 * to 1 by 0.05 of what is missing; otherwise it grows by 0.05 each second:
 *
 * <pre>
 * share' = -k × share + 0.05 × (1 - share), k = -ln(1 - r/2)     settles at 0.05 / (0.05 + k)
 * </pre>
 *
 * <p>A host that can do less than its peers refuses more and settles lower. What draws back keeps a
 * fleet that is a little overloaded as a whole, and refuses for long, off the floor, where all
 * would be alike and the slow hosts get as much as the fast ones. Guarded by its owner.
 */
final class Weight {
  private static final double GROWTH_PER_SECOND = 0.05;

  private final double floor;
  private final double slowStartNanos;
  private double inNanos;
  private double share = 1;

  Weight(LifecycleSettings settings) {
    floor = settings.weightFloor();
    slowStartNanos = settings.slowStart().toNanos();
  }

  /** The host comes into rotation. */
  void begin() {
    inNanos = 0;
    share = 1;
  }

  /** Time passes while the host is in. */
  void pass(Vitals vitals, long stepNanos) {
    double seconds = stepNanos / 1e9;
    double refused = Symptom.refusedShare(vitals);
    inNanos += stepNanos;
    share =
        refused > 0
            ? Math.max(floor, shrunk(refused, seconds))
            : Math.min(1, share + GROWTH_PER_SECOND * seconds);
  }

  /** Where it is after so many seconds, exactly, however they are cut. */
  private double shrunk(double refused, double seconds) {
    double shrinking = -Math.log1p(-refused / 2);
    double settled = GROWTH_PER_SECOND / (GROWTH_PER_SECOND + shrinking);
    return settled + (share - settled) * Math.exp(-(GROWTH_PER_SECOND + shrinking) * seconds);
  }

  boolean slowStartOver() {
    return inNanos >= slowStartNanos;
  }

  double value() {
    double risen = slowStartOver() ? 1 : floor + (1 - floor) * inNanos / slowStartNanos;
    return Math.max(floor, risen * share);
  }
}
