package dev.snowshed.core.lifecycle;

/** Vitals of a host with two processors, well but for what a test changes. Immutable. */
record Signs(
    int stuck,
    long startDelayNanos,
    long loopDelayNanos,
    double gcShare,
    double heapAfterGc,
    double cpuUse,
    double refused,
    double good) {

  /** Nothing is the matter. */
  static final Signs WELL = new Signs(0, 100_000, 100_000, 0.01, 0.3, 0.5, 0, 100);

  Vitals vitals() {
    return new Vitals(
        stuck,
        stuck > 0 ? 21_000_000_000L : 0,
        2,
        startDelayNanos,
        loopDelayNanos,
        gcShare,
        heapAfterGc,
        cpuUse,
        100,
        refused,
        good,
        100 - good);
  }

  Signs withStuck(int threads) {
    return new Signs(
        threads, startDelayNanos, loopDelayNanos, gcShare, heapAfterGc, cpuUse, refused, good);
  }

  Signs withStartDelay(double seconds) {
    return new Signs(
        stuck, nanos(seconds), loopDelayNanos, gcShare, heapAfterGc, cpuUse, refused, good);
  }

  Signs withLoopDelay(double seconds) {
    return new Signs(
        stuck, startDelayNanos, nanos(seconds), gcShare, heapAfterGc, cpuUse, refused, good);
  }

  Signs withMemory(double inGc, double full) {
    return new Signs(stuck, startDelayNanos, loopDelayNanos, inGc, full, cpuUse, refused, good);
  }

  Signs withCpuUse(double share) {
    return new Signs(
        stuck, startDelayNanos, loopDelayNanos, gcShare, heapAfterGc, share, refused, good);
  }

  /** Of 100 calls per second. */
  Signs withCalls(double refusedPerSecond, double goodPerSecond) {
    return new Signs(
        stuck,
        startDelayNanos,
        loopDelayNanos,
        gcShare,
        heapAfterGc,
        cpuUse,
        refusedPerSecond,
        goodPerSecond);
  }

  static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }
}
