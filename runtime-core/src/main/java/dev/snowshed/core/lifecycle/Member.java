package dev.snowshed.core.lifecycle;

import java.util.Objects;

/**
 * What a host knows of another one of its fleet.
 *
 * @param id its name, unique in the fleet
 * @param ready whether it is in rotation
 * @param tickets its place in the order of those that want to leave, and what it knows of others'
 * @param ageMillis how old this news was at most when it was handed over: the time since the host
 *     measured it, or since it was asked for; negative if nobody knows
 */
public record Member(String id, boolean ready, Tickets tickets, long ageMillis) {
  /** The age of news that is worth nothing. */
  public static final long AGE_UNKNOWN = -1;

  /** Checks that nothing is null. */
  public Member {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(tickets, "tickets");
  }
}
