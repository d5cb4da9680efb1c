package dev.snowshed.core.lifecycle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/**
 * The budget of a host that knows the others by news of them, which comes late.
 *
 * <p>There is no leader and no clock that hosts share, only what each host tells all others:
 * whether it is ready, the ticket of its wish to leave, and the greatest ticket that it has ever
 * heard of. A ticket is one more than that, as in a bakery (L. Lamport, A New Solution of
 * Dijkstra's Concurrent Programming Problem, Communications of the ACM 17 (8), 1974); the smaller
 * id breaks a tie. A host may leave when
 *
 * <pre>
 * out + first + unaware + 1 ≤ ⌊maxOut × size⌋   and   size - 1 - out - first - unaware ≥ 1
 *
 * out      others that are not ready, or of which there is no news younger than staleAfter
 * first    others that are ready and have an earlier ticket
 * unaware  others that are ready, have no earlier ticket, and have not heard of one as great
 * </pre>
 *
 * <p>and {@code minReady × size} others are well, that is ready without a ticket: what ails more of
 * them ails all, and a host that left would hand its load to those that are no better.
 *
 * <p>Why never more than ⌊maxOut × size⌋ leave, though each decides on old news: of those that are
 * out take the one with the latest ticket, X, and any other, Y. Had X not counted Y when it left,
 * then it had news of Y, ready, without an earlier ticket, that had heard of one as great as X's.
 * If Y had its present ticket by then, that one is later than X's; if Y took it after that, it is
 * greater than what Y had heard of. Either contradicts the choice of X. So X has counted all
 * others. That others have to answer before one goes is from G. Ricart, A. Agrawala, An Optimal
 * Algorithm for Mutual Exclusion in Computer Networks, Communications of the ACM 24 (1), 1981, and
 * that some may go without all answers from K. Raymond, A Distributed Algorithm for Multiple
 * Entries to a Critical Section, Information Processing Letters 30 (4), 1989.
 *
 * <p>This needs no bound on how long news takes, and none on how long a host is held up: age only
 * finds those that have died. It therefore may be counted in {@link WakefulTime}. It needs that all
 * know the same fleet, and that a host does not forget what it has heard of. One that starts anew
 * has, but it takes a ticket only after it has been ready, and ill, for a while, and has heard of
 * those that answer by then.
 *
 * <p>Hosts that die do not ask. When less than {@code minReady × size} are left, those that are out
 * come back, the latest ticket first.
 *
 * <p>Safe for concurrent use.
 */
public final class MemberBudget implements FleetBudget {
  private static final double ROUNDING = 1e-9;

  /** Greater ones are not believed, so that there is always a next one. */
  private static final long MOST_TICKET = Long.MAX_VALUE / 2;

  private final String ownId;
  private final FleetSettings settings;
  private final LongUnaryOperator time;

  /** Written under the lock of this. */
  private volatile Tickets tickets = Tickets.NONE;

  private volatile News news = new News(List.of(), 0);

  private record News(List<Member> others, long atNanos) {}

  /**
   * A budget that has not heard of anybody.
   *
   * @param ownId this host's name, unique in the fleet
   * @param time in which news grows old, from real time, both in nanoseconds
   */
  public MemberBudget(String ownId, FleetSettings settings, LongUnaryOperator time) {
    this.ownId = ownId;
    this.settings = settings;
    this.time = time;
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
    byId.values().forEach(each -> heard(each.tickets().own().orElse(0)));
    news = new News(List.copyOf(byId.values()), time.applyAsLong(nowNanos));
  }

  @Override
  public Tickets tickets() {
    return tickets;
  }

  @Override
  public synchronized void heard(long ticket) {
    if (ticket > tickets.heard() && ticket <= MOST_TICKET) {
      tickets = new Tickets(tickets.own(), ticket);
    }
  }

  @Override
  public Answer mayLeave(long nowNanos) {
    return answer(fleet(nowNanos), takeTicket());
  }

  private synchronized long takeTicket() {
    if (tickets.own().isEmpty()) {
      long next = tickets.heard() + 1;
      tickets = new Tickets(OptionalLong.of(next), next);
    }
    return tickets.own().getAsLong();
  }

  @Override
  public boolean mustReturn(long nowNanos) {
    OptionalLong ticket = tickets.own();
    Fleet fleet = fleet(nowNanos);
    int missing = least(fleet.size()) - fleet.ready();
    return ticket.isEmpty() || fleet.returningBefore(ticket.getAsLong(), ownId) < missing;
  }

  @Override
  public synchronized void released(long nowNanos) {
    tickets = new Tickets(OptionalLong.empty(), tickets.heard());
  }

  private int least(int size) {
    return Math.max(1, (int) Math.ceil(settings.minReady() * size - ROUNDING));
  }

  private int allowed(int size) {
    return (int) (settings.maxOut() * size + ROUNDING);
  }

  private Fleet fleet(long nowNanos) {
    News latest = news;
    return Fleet.of(latest.others(), time.applyAsLong(nowNanos) - latest.atNanos(), settings);
  }

  private Answer answer(Fleet fleet, long ticket) {
    if (fleet.fresh().isEmpty()) {
      return new Unknown(
          "no other host has been heard of for " + settings.staleAfter().toMillis() + " ms");
    }
    int gone = fleet.out() + fleet.leavingBefore(ticket, ownId);
    int unaware = fleet.unaware(ticket, ownId);
    int most = Math.min(allowed(fleet.size()), fleet.size() - 1);
    String where = " of " + fleet.size() + " hosts ";
    if (gone >= most) {
      return new Denied(gone + where + "are out or go first, and no more than " + most + " may");
    }
    if (fleet.well() < least(fleet.size())) {
      return new Denied(
          "only " + fleet.well() + where + "are well: what ails this one probably ails all");
    }
    return gone + unaware < most
        ? new Granted()
        : new Denied(unaware + where + "have not heard of the wish yet");
  }
}
