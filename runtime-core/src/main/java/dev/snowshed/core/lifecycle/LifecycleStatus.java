package dev.snowshed.core.lifecycle;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a host's life at one moment. Immutable. All times are on the clock of the caller
 * of {@link Lifecycle}.
 *
 * @param state where the host is
 * @param sinceNanos since when
 * @param causes why it is not simply ready, or what keeps it out; the oldest first
 * @param weight which share of a healthy host's traffic it should get, 0 to 1; 0 when not ready
 * @param heldIn why it stays in rotation although it wants to leave
 * @param wantsOutSinceNanos since when it has wanted to leave, or has been out
 * @param recent the last 32 transitions, the newest last
 */
public record LifecycleStatus(
    LifecycleState state,
    long sinceNanos,
    List<Cause> causes,
    double weight,
    Optional<String> heldIn,
    OptionalLong wantsOutSinceNanos,
    List<Transition> recent) {

  /** Copies the lists. */
  public LifecycleStatus {
    causes = List.copyOf(causes);
    recent = List.copyOf(recent);
  }

  /** Whether the host is in rotation. */
  public boolean isReady() {
    return state.isReady();
  }
}
