package dev.snowshed.core.lifecycle;

/**
 * Which share of a healthy host's traffic this one should get: {@code max(floor, slow start ×
 * share)}. Slow start rises evenly from the floor to 1. The share shrinks by the factor {@code 1 -
 * r/2} each second while the part {@code r} of the offered calls is refused, and grows by 0.05 each
 * second otherwise: a host that can do less than its peers gets less until it need not refuse, and
 * in a fleet that is overloaded as a whole all weights sink together and leave the balance as it
 * is. Guarded by its owner.
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
            ? Math.max(floor, share * Math.pow(1 - refused / 2, seconds))
            : Math.min(1, share + GROWTH_PER_SECOND * seconds);
  }

  boolean slowStartOver() {
    return inNanos >= slowStartNanos;
  }

  double value() {
    double risen = slowStartOver() ? 1 : floor + (1 - floor) * inNanos / slowStartNanos;
    return Math.max(floor, risen * share);
  }
}
