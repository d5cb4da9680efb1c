package dev.snowshed.core.lifecycle;

import java.util.random.RandomGenerator;

/**
 * How long a host that has left stays out at least: {@code min(max, first × 2^relapses) × (1 ±
 * jitter)}, so that a host that does not mend troubles the fleet ever less, and hosts that left
 * together do not come back together. Guarded by its owner.
 */
final class HoldOff {
  private final LifecycleSettings settings;
  private final RandomGenerator random;
  private int ejections;
  private long leftNanos;
  private long wellNanos;

  HoldOff(LifecycleSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  /** The host leaves. */
  void begin() {
    double grown = settings.holdOff().toNanos() * Math.pow(2, ejections);
    double most = settings.maxHoldOff().toNanos();
    double spread = 1 + settings.jitter() * (2 * random.nextDouble() - 1);
    leftNanos = (long) (Math.min(grown, most) * spread);
    ejections++;
    wellNanos = 0;
  }

  /** Time passes while the host is out. */
  void pass(long stepNanos) {
    leftNanos -= stepNanos;
  }

  boolean over() {
    return leftNanos <= 0;
  }

  /** Time passes while the host is in; enough of it in health, and what was is forgotten. */
  void passInRotation(boolean ill, long stepNanos) {
    wellNanos = ill ? 0 : wellNanos + stepNanos;
    if (wellNanos >= settings.forgiveAfter().toNanos()) {
      ejections = 0;
      wellNanos = 0;
    }
  }
}
