package dev.snowshed.core.lifecycle;

import static java.util.stream.Collectors.toSet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The budget of a host that knows the others by news of them, which comes late.
 *
 * <p>There is no leader and no shared clock, only what each host tells all others: whether it is
 * ready, and the ticket of its wish to leave. A ticket is one more than the greatest that the host
 * has heard of, as in a bakery (L. Lamport, A New Solution of Dijkstra's Concurrent Programming
 * Problem, Communications of the ACM 17 (8), 1974); the smaller id breaks a tie. A host may leave
 * when it has held its ticket for {@code settle} and
 *
 * <pre>
 * out + first + 1 ≤ ⌊maxOut × size⌋   and   size - 1 - out - first ≥ 1
 *
 * out    others that are not ready, or of which there is no news younger than staleAfter
 * first  others that are ready and have an earlier ticket
 * </pre>
 *
 * <p>Why never more than ⌊maxOut × size⌋ leave, though each decides on old news: of those that are
 * out take the one with the latest ticket, X, and any other, Y. Had X not heard of Y's ticket when
 * it left, then Y took it less than {@code staleAfter} before that, and so more than {@code settle
 * - staleAfter ≥ staleAfter} after X took its own; Y would have heard of that one and taken a later
 * one. So X has counted all others. This needs no bound on how long news takes, since old news
 * counts as none, but that it tells its age, and that of two hosts both hear of each other or
 * neither does. A host that hears of one that it had not heard of when it took its ticket takes a
 * new one.
 *
 * <p>Hosts that die do not ask. When less than {@code minReady × size} are left, those that are out
 * come back, the latest ticket first.
 *
 * <p>Safe for concurrent use of {@link #update} and {@link #ticket} beside the rest.
 */
public final class MemberBudget implements FleetBudget {
  private static final double ROUNDING = 1e-9;

  private final String ownId;
  private final FleetSettings settings;
  private volatile News news = new News(List.of(), 0);
  private volatile @Nullable Wish wish;

  private record News(List<Member> others, long atNanos) {}

  private record Wish(long ticket, Set<String> heardOf, long sinceNanos, long askedNanos) {}

  /**
   * A budget that has not heard of anybody.
   *
   * @param ownId this host's name, unique in the fleet
   */
  public MemberBudget(String ownId, FleetSettings settings) {
    this.ownId = ownId;
    this.settings = settings;
  }

  /**
   * Takes the latest news of all others.
   *
   * @param others the other hosts, those too that do not answer: with their last news, and its age;
   *     this host itself is passed over
   */
  public void update(List<Member> others, long nowNanos) {
    Map<String, Member> byId = new LinkedHashMap<>();
    others.forEach(each -> byId.put(each.id(), each));
    byId.remove(ownId);
    news = new News(List.copyOf(byId.values()), nowNanos);
  }

  @Override
  public OptionalLong ticket() {
    Wish current = wish;
    return current == null ? OptionalLong.empty() : OptionalLong.of(current.ticket());
  }

  @Override
  public Answer mayLeave(long nowNanos) {
    Fleet fleet = fleet(nowNanos);
    Wish asked = ask(fleet, nowNanos);
    wish = asked;
    return answer(fleet, asked, nowNanos);
  }

  @Override
  public boolean mustReturn(long nowNanos) {
    Wish current = wish;
    Fleet fleet = fleet(nowNanos);
    int missing =
        Math.max(1, (int) Math.ceil(settings.minReady() * fleet.size() - ROUNDING)) - fleet.ready();
    return current == null || fleet.returningBefore(current.ticket(), ownId) < missing;
  }

  @Override
  public void released(long nowNanos) {
    wish = null;
  }

  private int allowed(int size) {
    return (int) (settings.maxOut() * size + ROUNDING);
  }

  private Fleet fleet(long nowNanos) {
    News latest = news;
    return Fleet.of(latest.others(), nowNanos - latest.atNanos(), settings);
  }

  private Wish ask(Fleet fleet, long nowNanos) {
    Wish last = wish;
    Set<String> heardOf = fleet.fresh().stream().map(Member::id).collect(toSet());
    return last != null && goesOn(last, heardOf, nowNanos)
        ? new Wish(last.ticket(), last.heardOf(), last.sinceNanos(), nowNanos)
        : new Wish(fleet.nextTicket(), heardOf, nowNanos, nowNanos);
  }

  private boolean goesOn(Wish last, Set<String> heardOf, long nowNanos) {
    long pauseNanos = nowNanos - last.askedNanos();
    return pauseNanos >= 0
        && pauseNanos < settings.staleAfter().toNanos()
        && last.heardOf().containsAll(heardOf);
  }

  private Answer answer(Fleet fleet, Wish asked, long nowNanos) {
    if (fleet.fresh().isEmpty()) {
      return new Unknown(
          "no other host has been heard of for " + settings.staleAfter().toMillis() + " ms");
    }
    int gone = fleet.out() + fleet.leavingBefore(asked.ticket(), ownId);
    int most = Math.min(allowed(fleet.size()), fleet.size() - 1);
    if (gone >= most) {
      return new Denied(
          gone
              + " of "
              + fleet.size()
              + " hosts are out or go first, and no more than "
              + most
              + " may");
    }
    return nowNanos - asked.sinceNanos() < settings.settle().toNanos()
        ? new Denied("the others are told first, for " + settings.settle().toMillis() + " ms")
        : new Granted();
  }
}
