package dev.snowshed.runtime.fleet;

import dev.snowshed.core.lifecycle.Member;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What another host has said of itself.
 *
 * @param id its name
 * @param ready whether it was in rotation
 * @param leaving whether it was leaving for good
 * @param ticket its place in the order of those that want to leave, if it did
 * @param asOfNanos when it was asked
 */
record News(String id, boolean ready, boolean leaving, OptionalLong ticket, long asOfNanos) {

  static News later(News one, News other) {
    return other.asOfNanos - one.asOfNanos > 0 ? other : one;
  }

  Member member(long nowNanos) {
    return new Member(id, ready, ticket, TimeUnit.NANOSECONDS.toMillis(nowNanos - asOfNanos));
  }
}
