package dev.snowshed.runtime.fleet;

import dev.snowshed.core.lifecycle.LifecycleState;
import dev.snowshed.core.lifecycle.Member;
import dev.snowshed.core.lifecycle.Tickets;
import java.util.Arrays;
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
 * @param asOfNanos when it was asked
 */
record News(String id, boolean ready, boolean leaving, Tickets tickets, long asOfNanos) {
  private static final Set<String> LEAVING =
      Arrays.stream(LifecycleState.values())
          .filter(LifecycleState::isLeaving)
          .map(LifecycleState::name)
          .collect(Collectors.toUnmodifiableSet());

  /** Of a host that names the state that it is in; one that is none is not a leaving one. */
  static News of(String id, boolean ready, String state, Tickets tickets, long asOfNanos) {
    return new News(id, ready, LEAVING.contains(state), tickets, asOfNanos);
  }

  static News later(News one, News other) {
    return other.asOfNanos - one.asOfNanos > 0 ? other : one;
  }

  Member member(long nowNanos) {
    return new Member(id, ready, tickets, TimeUnit.NANOSECONDS.toMillis(nowNanos - asOfNanos));
  }
}
