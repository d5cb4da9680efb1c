package dev.snowshed.simulation.fleet;

/** Whether a host is up, by its last probes. Not safe for concurrent use. */
final class Health {
  private final Checks checks;
  private boolean up = true;
  private int against;

  Health(Checks checks) {
    this.checks = checks;
  }

  boolean isUp() {
    return up;
  }

  /** It counts as down until enough probes say otherwise. */
  void reset() {
    up = false;
    against = 0;
  }

  /**
   * A probe has ended.
   *
   * @return whether it has changed what is known
   */
  boolean probed(boolean good) {
    against = good == up ? 0 : against + 1;
    if (against < (up ? checks.fall() : checks.rise())) {
      return false;
    }
    up = good;
    against = 0;
    return true;
  }
}
