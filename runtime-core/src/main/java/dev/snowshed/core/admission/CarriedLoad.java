package dev.snowshed.core.admission;

/**
 * How many requests are in flight when others have to wait: what the host carries of the present
 * mix of functions, which is less than the sum of their limits where processors are what they
 * share. Written by one thread at a time, in regular steps of time; safe to read for all.
 */
final class CarriedLoad {
  private static final double SMOOTHING = 0.05;
  private static final double UNKNOWN = 0;

  private volatile double requests = UNKNOWN;

  void observe(int inflight, int waiting) {
    double known = requests;
    if (waiting > 0) {
      requests = known == UNKNOWN ? inflight : known + SMOOTHING * (inflight - known);
    } else if (known != UNKNOWN && inflight > known) {
      requests = inflight;
    }
  }

  /**
   * The number in requests, 1 or more.
   *
   * @param most what is assumed before anybody had to wait, and at most
   */
  int orAtMost(int most) {
    double known = requests;
    return known == UNKNOWN ? most : Math.clamp((long) Math.ceil(known), 1, most);
  }
}
