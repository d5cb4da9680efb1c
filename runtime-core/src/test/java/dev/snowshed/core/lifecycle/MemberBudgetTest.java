package dev.snowshed.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.lifecycle.FleetBudget.Answer;
import dev.snowshed.core.lifecycle.FleetBudget.Denied;
import dev.snowshed.core.lifecycle.FleetBudget.Granted;
import dev.snowshed.core.lifecycle.FleetBudget.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberBudgetTest {
  private static final long SECOND = 1_000_000_000;

  /** Greater than any ticket of these tests. */
  private static final long ALL = 1000;

  private final MemberBudget budget = budget(FleetSettings.DEFAULTS);
  private List<Member> others = new ArrayList<>();
  private long now = Long.MAX_VALUE - SECOND;

  private static MemberBudget budget(FleetSettings settings) {
    return new MemberBudget("m", settings, LongUnaryOperator.identity());
  }

  private static Tickets aware(long ticket) {
    return new Tickets(OptionalLong.of(ticket), ALL);
  }

  private static Member in(String id) {
    return aged(id, 0);
  }

  private static Member wishing(String id, long ticket) {
    return new Member(id, true, aware(ticket), 0);
  }

  private static Member unaware(String id, long heard) {
    return new Member(id, true, new Tickets(OptionalLong.empty(), heard), 0);
  }

  private static Member out(String id) {
    return new Member(id, false, Tickets.NONE, 0);
  }

  private static Member ejected(String id, long ticket) {
    return new Member(id, false, aware(ticket), 0);
  }

  private static Member aged(String id, long ageMillis) {
    return new Member(id, true, new Tickets(OptionalLong.empty(), ALL), ageMillis);
  }

  private void know(Member... members) {
    others = List.of(members);
    budget.update(others, now);
  }

  private Answer ask() {
    return budget.mayLeave(now);
  }

  @Test
  void letsOneOfFourGoWhenAllHaveHeardOfItsWish() {
    know(unaware("a", 0), unaware("b", 0), unaware("c", 0));
    assertEquals(new Denied("3 of 4 hosts have not heard of the wish yet"), ask());
    know(unaware("a", 1), unaware("b", 1), unaware("c", 0));
    assertEquals(new Denied("1 of 4 hosts have not heard of the wish yet"), ask());
    know(unaware("a", 1), unaware("b", 1), unaware("c", 1));
    assertEquals(new Granted(), ask());
  }

  @Test
  void letsTheFirstOfSixGoThoughOneHasNotHeardOfItsWish() {
    know(unaware("a", 0), unaware("b", 1), unaware("c", 1), unaware("d", 1), unaware("e", 1));
    assertEquals(new Granted(), ask());
    know(unaware("a", 0), out("b"), unaware("c", 1), unaware("d", 1), unaware("e", 1));
    assertTrue(ask() instanceof Denied);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void letsNobodyGoInASmallFleet(int size) {
    know(in("a"), in("m"));
    if (size == 1) {
      know(in("m"));
    }
    assertFalse(ask() instanceof Granted);
  }

  @ParameterizedTest
  @CsvSource({"3, 1", "4, 1", "5, 1", "6, 2", "9, 3", "30, 10", "100, 33"})
  void letsAThirdGo(int size, int allowed) {
    for (int gone = 0; gone < size - 1; gone++) {
      List<Member> members = new ArrayList<>();
      for (int other = 0; other < size - 1; other++) {
        members.add(other < gone ? out("o" + other) : in("o" + other));
      }
      know(members.toArray(Member[]::new));
      assertEquals(gone < allowed, ask() instanceof Granted, gone + " of " + size);
      budget.released(now);
    }
  }

  @Test
  void saysHowManyAreInTheWay() {
    know(in("a"), wishing("b", 0), in("c"));
    assertEquals(new Denied("1 of 4 hosts are out or go first, and no more than 1 may"), ask());
  }

  @Test
  void letsNobodyGoWhenTheOthersAreNoBetter() {
    know(in("a"), in("b"), in("c"), in("x"), in("y"));
    Answer _ = ask();
    know(in("a"), in("b"), in("c"), wishing("x", 500), wishing("y", 500));
    assertEquals(new Granted(), ask());
    know(in("a"), in("b"), wishing("w", 500), wishing("x", 500), wishing("y", 500));
    assertEquals(
        new Denied("only 2 of 6 hosts are well: what ails this one probably ails all"), ask());
  }

  @Test
  void neverLetsTheLastOneGo() {
    MemberBudget loose =
        budget(
            new FleetSettings(
                1, 0, FleetSettings.DEFAULTS.staleAfter(), FleetSettings.DEFAULTS.forgetAfter()));
    loose.update(List.of(out("a"), wishing("b", 0)), now);
    assertFalse(loose.mayLeave(now) instanceof Granted);
    loose.update(List.of(out("a"), in("b")), now);
    assertTrue(loose.mayLeave(now) instanceof Granted);
  }

  @Test
  void knowsNothingWithoutNews() {
    assertTrue(ask() instanceof Unknown);
    know(aged("a", 3000), aged("b", 3000), aged("c", 3000));
    assertEquals(new Unknown("no other host has been heard of for 3000 ms"), ask());
  }

  @Test
  void countsOldNewsAsOut() {
    know(in("a"), in("b"), aged("c", 2999));
    assertEquals(new Granted(), ask());
    know(in("a"), in("b"), aged("c", 3000));
    assertTrue(ask() instanceof Denied);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 3000, 299_999, Long.MIN_VALUE})
  void countsNewsOfAnImpossibleAgeAsOut(long ageMillis) {
    know(in("a"), in("b"), aged("c", ageMillis));
    assertTrue(ask() instanceof Denied);
  }

  @ParameterizedTest
  @ValueSource(longs = {300_000, Long.MAX_VALUE})
  void forgetsWhoHasBeenGoneForLong(long ageMillis) {
    know(in("a"), in("b"), aged("c", ageMillis));
    assertEquals(new Granted(), ask());
  }

  @Test
  void letsNewsGrowOld() {
    know(in("a"), in("b"), in("c"));
    assertEquals(new Granted(), ask());
    now += 3 * SECOND;
    assertTrue(budget.mayLeave(now) instanceof Unknown);
    assertTrue(budget.mustReturn(now));
  }

  @Test
  void takesNewsFromTheFutureForOld() {
    know(in("a"), in("b"), in("c"));
    assertTrue(budget.mayLeave(now - 1) instanceof Unknown);
  }

  @Test
  void takesATicketAfterAllThatItHasHeardOf() {
    assertEquals(Tickets.NONE, budget.tickets());
    know(wishing("a", 7), ejected("b", 9), in("c"));
    assertEquals(new Tickets(OptionalLong.empty(), 9), budget.tickets());
    Answer _ = ask();
    assertEquals(new Tickets(OptionalLong.of(10), 10), budget.tickets());
    budget.heard(12);
    budget.heard(11);
    assertEquals(new Tickets(OptionalLong.of(10), 12), budget.tickets());
    budget.released(now);
    assertEquals(new Tickets(OptionalLong.empty(), 12), budget.tickets());
    Answer _ = ask();
    assertEquals(OptionalLong.of(13), budget.tickets().own());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE / 2 + 1})
  void doesNotBelieveInImpossibleTickets(long ticket) {
    budget.heard(ticket);
    know(wishing("a", ticket));
    assertEquals(Tickets.NONE, budget.tickets());
  }

  @Test
  void letsNewsGrowOldAsItsOwnTimePasses() {
    MemberBudget slow = new MemberBudget("m", FleetSettings.DEFAULTS, realNanos -> realNanos / 10);
    slow.update(List.of(in("a"), in("b"), in("c")), 0);
    assertTrue(slow.mayLeave(29 * SECOND) instanceof Granted);
    assertTrue(slow.mayLeave(30 * SECOND) instanceof Unknown);
  }

  @ParameterizedTest
  @CsvSource({"a, 0, false", "a, 1, false", "z, 0, false", "z, 1, true", "a, 2, true"})
  void goesInTheOrderOfTickets(String id, long ticket, boolean granted) {
    know(in(id), in("b"), in("c"));
    Answer _ = ask();
    assertEquals(OptionalLong.of(1), budget.tickets().own());
    know(wishing(id, ticket), in("b"), in("c"));
    assertEquals(granted, ask() instanceof Granted);
  }

  @Test
  void passesItselfOverAndCountsNobodyTwice() {
    know(in("m"), in("a"), in("a"));
    assertTrue(ask() instanceof Denied);
  }

  @Test
  void staysOutWhileHalfOfTheFleetIsReady() {
    know(in("a"), in("b"), in("c"));
    Answer _ = ask();
    know(in("a"), in("b"), aged("c", 9000));
    assertFalse(budget.mustReturn(now));
  }

  @Test
  void returnsWhenLessThanHalfOfTheFleetIsReady() {
    know(in("a"), in("b"), in("c"));
    Answer _ = ask();
    know(in("a"), out("b"), aged("c", 9000));
    assertTrue(budget.mustReturn(now));
  }

  @Test
  void returnsOnlyAsManyAsAreMissing() {
    know(in("a"), in("b"), in("c"), in("d"), in("e"));
    Answer _ = ask();
    know(in("a"), in("b"), out("c"), out("d"), ejected("e", 2));
    assertFalse(budget.mustReturn(now), "e left later");
    know(in("a"), out("b"), out("c"), out("d"), ejected("e", 2));
    assertTrue(budget.mustReturn(now), "two are missing");
    know(in("a"), in("b"), out("c"), out("d"), ejected("e", 0));
    assertTrue(budget.mustReturn(now), "e left before");
  }

  @Test
  void returnsWithoutAWish() {
    know(in("a"), in("b"), in("c"));
    assertTrue(budget.mustReturn(now));
  }
}
