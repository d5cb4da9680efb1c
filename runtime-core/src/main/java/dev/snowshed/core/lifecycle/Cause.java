package dev.snowshed.core.lifecycle;

import java.util.Locale;
import java.util.Objects;

/**
 * Why a host is not simply ready.
 *
 * @param kind what it is
 * @param evidence a sentence with figures, for people
 * @param sinceNanos since when, on the clock of the caller of {@link Lifecycle}
 */
public record Cause(Kind kind, String evidence, long sinceNanos) {

  /** Checks that nothing is null. */
  public Cause {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(evidence, "evidence");
  }

  /** What can be the matter with a host. */
  public enum Kind {
    /** Not all functions have been loaded yet. */
    FUNCTIONS_LOADING,
    /** Functions are called for the first time. */
    WARM_UP,
    /** Requests are refused. Strains, and never ejects. */
    SHEDDING,
    /** Calls run on, or wait for a monitor, long past their deadlines. */
    STUCK_THREADS,
    /** Threads that are ready to run are not run. */
    WEDGED_RUN_QUEUE,
    /** An event loop of the function port does not turn. */
    WEDGED_EVENT_LOOP,
    /** Collecting garbage takes the time, and frees little. */
    MEMORY_SPIRAL,
    /** The processors are busy, and hardly any call ends in time, in spite of shedding. */
    COLLAPSED_GOODPUT,
    /** The host was told to leave. */
    DRAIN;

    /** The name for metrics, logs and JSON, such as {@code stuck-threads}; it never changes. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it belongs to the life of every host, and nothing is wrong with this one. */
    public boolean isPhase() {
      return this == FUNCTIONS_LOADING || this == WARM_UP || this == DRAIN;
    }

    /** Whether a host may leave the rotation for this cause, once it has lasted. */
    public boolean ejects() {
      return switch (this) {
        case STUCK_THREADS, WEDGED_RUN_QUEUE, WEDGED_EVENT_LOOP, MEMORY_SPIRAL, COLLAPSED_GOODPUT ->
            true;
        case FUNCTIONS_LOADING, WARM_UP, SHEDDING, DRAIN -> false;
      };
    }
  }
}
