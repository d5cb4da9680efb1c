package dev.snowshed.core.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What is known of the others, at the moment of a question. Immutable.
 *
 * @param fresh those with news that is worth something
 * @param stale how many more there are
 */
record Fleet(List<Member> fresh, int stale) {

  /**
   * Sorts news by its age.
   *
   * @param sinceNanos how long ago it was handed over; if negative all of it is stale, and so is
   *     news of a negative age
   */
  static Fleet of(List<Member> news, long sinceNanos, FleetSettings settings) {
    List<Member> fresh =
        news.stream().filter(each -> younger(each, sinceNanos, settings.staleAfter())).toList();
    long forgotten =
        news.stream()
            .filter(each -> each.ageMillis() >= 0 && sinceNanos >= 0)
            .filter(each -> !younger(each, sinceNanos, settings.forgetAfter()))
            .count();
    return new Fleet(fresh, news.size() - fresh.size() - (int) forgotten);
  }

  private static boolean younger(Member member, long sinceNanos, Duration age) {
    return member.ageMillis() >= 0
        && sinceNanos >= 0
        && TimeUnit.MILLISECONDS.toNanos(member.ageMillis()) < age.toNanos() - sinceNanos;
  }

  /** How many hosts there are, the asking one included. */
  int size() {
    return fresh.size() + stale + 1;
  }

  /** How many others are in rotation. */
  int ready() {
    return (int) fresh.stream().filter(Member::ready).count();
  }

  /** How many of those do not want to leave. */
  int well() {
    return (int)
        fresh.stream().filter(Member::ready).filter(each -> each.tickets().own().isEmpty()).count();
  }

  /** How many others are not, or may not be. */
  int out() {
    return size() - 1 - ready();
  }

  /** How many others are in rotation and leave before a wish. */
  int leavingBefore(long ticket, String id) {
    return (int)
        fresh.stream().filter(Member::ready).filter(each -> before(each, ticket, id)).count();
  }

  /** How many others have left and come back before the owner of a wish. */
  int returningBefore(long ticket, String id) {
    return (int)
        fresh.stream()
            .filter(each -> !each.ready() && each.tickets().own().isPresent())
            .filter(each -> !before(each, ticket, id))
            .count();
  }

  /** How many others are in rotation, do not leave before a wish, and have not heard of it. */
  int unaware(long ticket, String id) {
    return (int)
        fresh.stream()
            .filter(Member::ready)
            .filter(each -> !before(each, ticket, id))
            .filter(each -> each.tickets().heard() < ticket)
            .count();
  }

  private static boolean before(Member member, long ticket, String id) {
    long other = member.tickets().own().orElse(Long.MAX_VALUE);
    return other == ticket ? member.id().compareTo(id) < 0 : other < ticket;
  }
}
