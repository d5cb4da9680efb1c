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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberBudgetTest {
  private static final long SECOND = 1_000_000_000;

  private final MemberBudget budget = new MemberBudget("m", FleetSettings.DEFAULTS);
  private List<Member> others = new ArrayList<>();
  private long now = Long.MAX_VALUE - SECOND;

  private static Member in(String id) {
    return new Member(id, true, OptionalLong.empty(), 0);
  }

  private static Member wishing(String id, long ticket) {
    return new Member(id, true, OptionalLong.of(ticket), 0);
  }

  private static Member out(String id) {
    return new Member(id, false, OptionalLong.empty(), 0);
  }

  private static Member ejected(String id, long ticket) {
    return new Member(id, false, OptionalLong.of(ticket), 0);
  }

  private static Member aged(String id, long ageMillis) {
    return new Member(id, true, OptionalLong.empty(), ageMillis);
  }

  private void know(Member... members) {
    others = List.of(members);
    budget.update(others, now);
  }

  /** Asks each second, with the same news all the while. */
  private Answer askFor(int seconds) {
    for (int second = 0; second < seconds; second++) {
      budget.update(others, now);
      budget.mayLeave(now);
      now += SECOND;
    }
    budget.update(others, now);
    return budget.mayLeave(now);
  }

  @Test
  void letsOneOfFourGoWhenAllHaveBeenTold() {
    know(in("a"), in("b"), in("c"));
    assertEquals(new Denied("the others are told first, for 6000 ms"), askFor(5));
    assertEquals(new Granted(), askFor(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void letsNobodyGoInASmallFleet(int size) {
    know(in("a"), in("m"));
    if (size == 1) {
      know(in("m"));
    }
    assertFalse(askFor(60) instanceof Granted);
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
      assertEquals(gone < allowed, askFor(7) instanceof Granted, gone + " of " + size);
      budget.released(now);
    }
  }

  @Test
  void saysHowManyAreInTheWay() {
    know(in("a"), wishing("b", 0), in("c"));
    assertEquals(new Denied("1 of 4 hosts are out or go first, and no more than 1 may"), askFor(7));
  }

  @Test
  void neverLetsTheLastOneGo() {
    MemberBudget loose =
        new MemberBudget(
            "m",
            new FleetSettings(
                1,
                0,
                FleetSettings.DEFAULTS.staleAfter(),
                FleetSettings.DEFAULTS.settle(),
                FleetSettings.DEFAULTS.forgetAfter()));
    for (int second = 0; second < 20; second++) {
      loose.update(List.of(out("a"), wishing("b", 0)), now);
      assertFalse(loose.mayLeave(now) instanceof Granted);
      now += SECOND;
    }
  }

  @Test
  void knowsNothingWithoutNews() {
    assertTrue(askFor(7) instanceof Unknown);
    know(aged("a", 3000), aged("b", 3000), aged("c", 3000));
    assertEquals(new Unknown("no other host has been heard of for 3000 ms"), askFor(7));
  }

  @Test
  void countsOldNewsAsOut() {
    know(in("a"), in("b"), aged("c", 2999));
    assertEquals(new Granted(), askFor(6));
    know(in("a"), in("b"), aged("c", 3000));
    assertTrue(askFor(0) instanceof Denied);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 3000, 299_999, Long.MIN_VALUE})
  void countsNewsOfAnImpossibleAgeAsOut(long ageMillis) {
    know(in("a"), in("b"), aged("c", ageMillis));
    assertTrue(askFor(20) instanceof Denied);
  }

  @ParameterizedTest
  @ValueSource(longs = {300_000, Long.MAX_VALUE})
  void forgetsWhoHasBeenGoneForLong(long ageMillis) {
    know(in("a"), in("b"), aged("c", ageMillis));
    assertEquals(new Granted(), askFor(6));
  }

  @Test
  void letsNewsGrowOld() {
    know(in("a"), in("b"), in("c"));
    assertEquals(new Granted(), askFor(6));
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
  void takesATicketAfterAllThatItKnows() {
    assertEquals(OptionalLong.empty(), budget.ticket());
    know(wishing("a", 7), ejected("b", 9), in("c"));
    budget.mayLeave(now);
    assertEquals(OptionalLong.of(10), budget.ticket());
    budget.released(now);
    assertEquals(OptionalLong.empty(), budget.ticket());
  }

  @ParameterizedTest
  @CsvSource({"a, 0, false", "a, 1, false", "z, 0, false", "z, 1, true", "a, 2, true"})
  void goesInTheOrderOfTickets(String id, long ticket, boolean granted) {
    know(in(id), in("b"), in("c"));
    askFor(1);
    assertEquals(OptionalLong.of(1), budget.ticket());
    know(wishing(id, ticket), in("b"), in("c"));
    assertEquals(granted, askFor(6) instanceof Granted);
  }

  @Test
  void tellsThoseFirstThatItHadNotHeardOf() {
    know(in("a"), in("b"), aged("c", 5000));
    askFor(6);
    know(in("a"), in("b"), wishing("c", 8));
    assertTrue(askFor(5) instanceof Denied);
    assertEquals(OptionalLong.of(9), budget.ticket());
  }

  @Test
  void asksAnewAfterAPause() {
    know(in("a"), in("b"), in("c"));
    askFor(5);
    now += 3 * SECOND;
    assertTrue(askFor(5) instanceof Denied);
    assertEquals(new Granted(), askFor(1));
  }

  @Test
  void asksAnewAfterAWithdrawal() {
    know(in("a"), in("b"), in("c"));
    askFor(6);
    budget.released(now);
    assertTrue(askFor(5) instanceof Denied);
  }

  @Test
  void passesItselfOverAndCountsNobodyTwice() {
    know(in("m"), in("a"), in("a"));
    assertTrue(askFor(20) instanceof Denied);
  }

  @Test
  void staysOutWhileHalfOfTheFleetIsReady() {
    know(in("a"), in("b"), in("c"));
    askFor(6);
    know(in("a"), in("b"), aged("c", 9000));
    assertFalse(budget.mustReturn(now));
  }

  @Test
  void returnsWhenLessThanHalfOfTheFleetIsReady() {
    know(in("a"), in("b"), in("c"));
    askFor(6);
    know(in("a"), out("b"), aged("c", 9000));
    assertTrue(budget.mustReturn(now));
  }

  @Test
  void returnsOnlyAsManyAsAreMissing() {
    know(in("a"), in("b"), in("c"), in("d"), in("e"));
    askFor(6);
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
