package dev.snowshed.simulation.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens at a time.
 *
 * @param kind what
 * @param subject a {@link Job} or a {@link Task}, by kind; null if it is about neither
 * @param function the index of a function, for arrivals
 */
record Event(Kind kind, @Nullable Object subject, int function) {

  enum Kind {
    ARRIVAL,
    RETRY,
    TIMEOUT,
    BEGIN,
    CORE_FREE,
    WAIT_OVER,
    POOL_OVER,
    TICK,
    SAMPLE
  }

  static Event of(Kind kind, Job job) {
    return new Event(kind, job, job.function());
  }

  Job job() {
    return (Job) Objects.requireNonNull(subject);
  }

  Task task() {
    return (Task) Objects.requireNonNull(subject);
  }
}
