package dev.snowshed.runtime.fleet;

import dev.snowshed.core.lifecycle.LifecycleState;
import dev.snowshed.core.lifecycle.Member;
import dev.snowshed.core.lifecycle.Tickets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What another host has said of itself.
 *
 * @param id its name
 * @param ready whether it was in rotation
 * @param leaving whether it was leaving for good
 * @param tickets what it said of tickets
 * @param asOfNanos since when it is no older; empty if nobody knows
 */
record News(String id, boolean ready, boolean leaving, Tickets tickets, OptionalLong asOfNanos) {
  private static final Set<String> LEAVING =
      Arrays.stream(LifecycleState.values())
          .filter(LifecycleState::isLeaving)
          .map(LifecycleState::name)
          .collect(Collectors.toUnmodifiableSet());

  /** Of a host that names the state that it is in; one that is none is not a leaving one. */
  static News of(String id, boolean ready, String state, Tickets tickets, OptionalLong asOfNanos) {
    return new News(id, ready, LEAVING.contains(state), tickets, asOfNanos);
  }

  static News later(News one, News other) {
    if (one.asOfNanos.isEmpty() || other.asOfNanos.isEmpty()) {
      return one.asOfNanos.isEmpty() ? other : one;
    }
    return other.asOfNanos.getAsLong() - one.asOfNanos.getAsLong() > 0 ? other : one;
  }

  /**
   * What it says at a time.
   *
   * @param mostNanos from this age on it does not matter how old it is
   */
  Member member(long nowNanos, long mostNanos) {
    long ageNanos = nowNanos - asOfNanos.orElse(nowNanos - mostNanos);
    return new Member(
        id,
        ready,
        tickets,
        ageNanos < mostNanos ? TimeUnit.NANOSECONDS.toMillis(ageNanos) : Member.AGE_UNKNOWN);
  }
}
