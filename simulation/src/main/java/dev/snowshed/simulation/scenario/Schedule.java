package dev.snowshed.simulation.scenario;

import java.util.List;

/**
 * What holds from when on. Before its first step the first step's value holds. Immutable.
 *
 * @param <T> what changes
 * @param steps not empty, by rising {@code fromNanos}
 * @param cycleNanos the period with which the steps repeat; 0 if they do not
 */
public record Schedule<T>(List<Step<T>> steps, long cycleNanos) {

  /** Checks the order. */
  public Schedule {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a schedule has at least one step");
    }
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i).fromNanos() <= steps.get(i - 1).fromNanos()) {
        throw new IllegalArgumentException("steps must rise in time");
      }
    }
  }

  /**
   * A step.
   *
   * @param <T> what changes
   * @param fromNanos when it begins
   * @param value what holds then
   */
  public record Step<T>(long fromNanos, T value) {}

  /** The same value for ever. */
  public static <T> Schedule<T> always(T value) {
    return new Schedule<>(List.of(new Step<>(0, value)), 0);
  }

  /** What holds at a time. */
  public T at(long nanos) {
    long time = cycleNanos > 0 ? nanos % cycleNanos : nanos;
    T value = steps.getFirst().value();
    for (Step<T> step : steps) {
      if (step.fromNanos() > time) {
        break;
      }
      value = step.value();
    }
    return value;
  }

  /** The first change after a time; {@link Long#MAX_VALUE} if there is none. */
  public long nextChange(long nanos) {
    long base = cycleNanos > 0 ? nanos - nanos % cycleNanos : 0;
    for (Step<T> step : steps) {
      if (base + step.fromNanos() > nanos) {
        return base + step.fromNanos();
      }
    }
    return cycleNanos > 0 ? base + cycleNanos + steps.getFirst().fromNanos() : Long.MAX_VALUE;
  }
}
