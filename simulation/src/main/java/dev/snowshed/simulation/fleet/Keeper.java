package dev.snowshed.simulation.fleet;

/** How a process looks after its place in the fleet. Not safe for concurrent use. */
public interface Keeper {
  /** What a readiness probe hears. */
  boolean isReady(long nowNanos);

  /** What it reports to the balancer, if that asks. */
  default Report report(long nowNanos) {
    return new Report(isReady(nowNanos), 1);
  }

  /** Its functions are loaded, and it listens. */
  default void listening(long nowNanos) {}

  /** Its warm-up calls have been made. */
  default void warmed(long nowNanos) {}

  /** Four times a second. */
  default void tick(long nowNanos) {}

  /** It is told to stop. */
  default void drain(long nowNanos) {}

  /** Makes the keeper of a process. */
  @FunctionalInterface
  interface Factory {
    /**
     * Makes one.
     *
     * @param process what it keeps
     * @param fleet the others
     * @param seed of its chance
     */
    Keeper create(HostProcess process, Fellows fleet, long seed);
  }

  /** Always ready, once it listens: the probe asks nothing but that. */
  static Factory careless() {
    return (process, fleet, seed) -> now -> true;
  }
}
