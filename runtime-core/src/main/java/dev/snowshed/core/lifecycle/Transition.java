package dev.snowshed.core.lifecycle;

/**
 * A step from one state to the next.
 *
 * @param from the old state
 * @param to the new state
 * @param atNanos when, on the clock of the caller of {@link Lifecycle}
 * @param cause why, a sentence for people
 */
public record Transition(LifecycleState from, LifecycleState to, long atNanos, String cause) {}
