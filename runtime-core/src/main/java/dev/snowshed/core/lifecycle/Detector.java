package dev.snowshed.core.lifecycle;

/**
 * Tells from a figure that comes and goes whether something is the matter: a Schmitt trigger whose
 * output must last. Time is what the caller says has passed. Not safe for concurrent use.
 *
 * <pre>
 * severity   1  ─────▶ raised ── for strainNanos ──▶ present ── for ejectNanos ──▶ sustained
 *           1/2 ─────▶ lowered ─ for recoveryNanos ─▶ absent
 * </pre>
 */
final class Detector {
  /** Below this a figure is well again. */
  static final double LOWER = 0.5;

  private final long strainNanos;
  private final long ejectNanos;
  private final long recoveryNanos;
  private boolean raised;
  private boolean present;
  private long lastedNanos;

  Detector(long strainNanos, long ejectNanos, long recoveryNanos) {
    this.strainNanos = strainNanos;
    this.ejectNanos = ejectNanos;
    this.recoveryNanos = recoveryNanos;
  }

  /**
   * Takes a figure.
   *
   * @param severity the figure over its threshold; what is no number counts as well
   * @param stepNanos how much time has passed since the last one
   */
  void observe(double severity, long stepNanos) {
    boolean before = raised;
    raised = severity >= (raised ? LOWER : 1);
    lastedNanos = raised == before ? lastedNanos + stepNanos : 0;
    if (lastedNanos >= (raised ? strainNanos : recoveryNanos)) {
      present = raised;
    }
  }

  /** What lasts has just begun. */
  void restart() {
    lastedNanos = 0;
  }

  boolean raised() {
    return raised;
  }

  boolean present() {
    return present;
  }

  boolean sustained() {
    return present && raised && lastedNanos >= ejectNanos;
  }
}
