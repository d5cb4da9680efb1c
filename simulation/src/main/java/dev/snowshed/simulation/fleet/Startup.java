package dev.snowshed.simulation.fleet;

import dev.snowshed.simulation.scenario.CostFactor;
import dev.snowshed.simulation.scenario.Schedule;
import java.util.List;

/** How long a process takes from its start to full speed. */
final class Startup {
  private static final long SECOND = 1_000_000_000;

  /** From the start until it listens, its functions loaded. */
  static final long LOAD_NANOS = 5 * SECOND;

  /** How long warm-up calls take after that, where a host makes some before it is ready. */
  static final long WARM_UP_NANOS = 2 * SECOND;

  /** From when it listens to full speed, as code gets compiled. */
  private static final long SLOW_NANOS = 15 * SECOND;

  /** How many times longer computing takes at first. */
  private static final double SLOW_FACTOR = 4;

  private Startup() {}

  /** The cost of computing in a process that is started at a time. */
  static Schedule<CostFactor> cost(long startNanos) {
    long listens = startNanos + LOAD_NANOS;
    return new Schedule<>(
        List.of(
            new Schedule.Step<>(0, new CostFactor(SLOW_FACTOR, 1, listens, listens + SLOW_NANOS))),
        0);
  }
}
