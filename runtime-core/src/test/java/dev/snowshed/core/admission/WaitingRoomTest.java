package dev.snowshed.core.admission;

import static dev.snowshed.core.admission.Criticality.CRITICAL;
import static dev.snowshed.core.admission.Criticality.CRITICAL_PLUS;
import static dev.snowshed.core.admission.Criticality.SHEDDABLE;
import static dev.snowshed.core.admission.Criticality.SHEDDABLE_PLUS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitingRoomTest {
  private static final List<Criticality> LEVELS = List.of(Criticality.values());

  private final FunctionGate gate =
      new AdmissionController(AdmissionSettings.DEFAULTS, new Machine(), new SplittableRandom(1))
          .open("f");
  private final WaitingRoom room = new WaitingRoom();
  private long now;

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  private Ticket add(Criticality criticality, String tenant) {
    Ticket ticket = new Ticket(gate, new Asker().mattering(criticality).of(tenant), now++);
    room.add(ticket);
    return ticket;
  }

  @Test
  void isEmptyAtFirst() {
    assertEquals(0, room.size());
    assertNull(room.highest());
    assertNull(room.oldest());
    assertNull(room.poll(true));
    assertNull(room.poll(false));
    assertNull(room.pollLeast(CRITICAL_PLUS));
    assertFalse(room.isGreediest(CRITICAL, "a"));
    for (Criticality criticality : Criticality.values()) {
      assertEquals(0, room.sizeAhead(criticality));
    }
  }

  @Test
  void letsTheOldestOrTheNewestOutFirst() {
    Ticket first = add(CRITICAL, "a");
    Ticket second = add(CRITICAL, "a");
    Ticket third = add(CRITICAL, "a");
    assertSame(third, room.poll(true));
    assertSame(first, room.poll(false));
    assertSame(second, room.poll(true));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void letsThoseOutFirstThatMatterMost(boolean newestFirst) {
    Ticket low = add(SHEDDABLE, "a");
    Ticket middle = add(CRITICAL, "a");
    Ticket high = add(CRITICAL_PLUS, "a");
    Ticket lower = add(SHEDDABLE_PLUS, "a");
    assertEquals(CRITICAL_PLUS, room.highest());
    assertSame(high, room.poll(newestFirst));
    assertEquals(CRITICAL, room.highest());
    assertSame(middle, room.poll(newestFirst));
    assertSame(lower, room.poll(newestFirst));
    assertSame(low, room.poll(newestFirst));
  }

  @Test
  void givesTenantsTheirTurns() {
    Ticket a1 = add(CRITICAL, "a");
    Ticket a2 = add(CRITICAL, "a");
    Ticket a3 = add(CRITICAL, "a");
    Ticket b1 = add(CRITICAL, "b");
    Ticket c1 = add(CRITICAL, "c");
    Ticket c2 = add(CRITICAL, "c");
    List<Ticket> order = new ArrayList<>();
    while (room.size() > 0) {
      order.add(room.poll(false));
    }
    assertEquals(List.of(a1, b1, c1, a2, c2, a3), order);
  }

  @ParameterizedTest
  @EnumSource
  void countsThoseAhead(Criticality criticality) {
    for (Criticality each : Criticality.values()) {
      for (int i = 0; i <= LEVELS.indexOf(each); i++) {
        add(each, "a");
      }
    }
    int[] ahead = {1, 3, 6, 10};
    assertEquals(ahead[LEVELS.indexOf(criticality)], room.sizeAhead(criticality));
    assertEquals(10, room.size());
  }

  @Test
  void canDoWithoutTheOldestOfTheGreediestOfTheLeast() {
    add(CRITICAL, "a");
    add(CRITICAL, "a");
    Ticket b1 = add(SHEDDABLE, "b");
    Ticket c1 = add(SHEDDABLE, "c");
    Ticket c2 = add(SHEDDABLE, "c");
    assertSame(c1, room.pollLeast(CRITICAL));
    assertSame(b1, room.pollLeast(CRITICAL), "who came first, if none has more");
    assertSame(c2, room.pollLeast(CRITICAL));
    assertEquals(2, room.size());
  }

  @Test
  void canDoWithoutNobodyWhoMattersMore() {
    add(CRITICAL_PLUS, "a");
    Ticket critical = add(CRITICAL, "a");
    assertNull(room.pollLeast(SHEDDABLE_PLUS));
    assertSame(critical, room.pollLeast(CRITICAL));
    assertNull(room.pollLeast(CRITICAL));
  }

  @Test
  void knowsTheGreediest() {
    add(CRITICAL, "a");
    assertFalse(room.isGreediest(CRITICAL, "a"), "alone, nobody is greedy");
    add(CRITICAL, "b");
    assertFalse(room.isGreediest(CRITICAL, "a"), "both have one");
    add(CRITICAL, "a");
    assertTrue(room.isGreediest(CRITICAL, "a"));
    assertFalse(room.isGreediest(CRITICAL, "b"));
    assertFalse(room.isGreediest(CRITICAL, "stranger"));
    assertFalse(room.isGreediest(SHEDDABLE, "a"));
  }

  @Test
  void losesWhoGoes() {
    Ticket first = add(CRITICAL, "a");
    Ticket second = add(CRITICAL, "b");
    room.remove(first);
    room.remove(first);
    assertEquals(1, room.size());
    assertSame(second, room.oldest());
    assertSame(second, room.poll(false));
    room.remove(second);
    assertEquals(0, room.size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hasWhoWasPutBackAsTheNextOfItsTenant(boolean newestFirst) {
    Ticket first = add(CRITICAL, "a");
    add(CRITICAL, "a");
    add(CRITICAL, "a");
    Ticket next = room.poll(newestFirst);
    assertTrue(next != null);
    room.putBack(next, newestFirst);
    assertSame(first, room.oldest());
    assertSame(next, room.poll(newestFirst));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithItsNaiveTwin(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    Naive naive = new Naive();
    for (int i = 0; i < 400; i++) {
      Criticality criticality = LEVELS.get(random.nextInt(4));
      String tenant = "t" + (int) (6 * random.nextDouble() * random.nextDouble());
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3, 4 -> naive.add(add(criticality, tenant));
        case 5, 6 -> {
          boolean newestFirst = random.nextBoolean();
          assertSame(naive.poll(newestFirst), room.poll(newestFirst));
        }
        case 7 -> assertSame(naive.pollLeast(criticality), room.pollLeast(criticality));
        case 8 -> {
          if (!naive.all.isEmpty()) {
            Ticket any = naive.all.get(random.nextInt(naive.all.size()));
            naive.remove(any);
            room.remove(any);
          }
        }
        default ->
            assertEquals(
                naive.isGreediest(criticality, tenant), room.isGreediest(criticality, tenant));
      }
      assertEquals(naive.all.size(), room.size());
      assertSame(naive.oldest(), room.oldest());
      assertEquals(naive.sizeAhead(criticality), room.sizeAhead(criticality));
    }
  }

  /** One list, searched each time. */
  private static final class Naive {
    private final List<Ticket> all = new ArrayList<>();

    /** The order of the turns of the tenants of each criticality. */
    private final Map<Criticality, SequencedSet<String>> turns = new HashMap<>();

    void add(Ticket ticket) {
      all.add(ticket);
      turns(level(ticket)).add(tenant(ticket));
    }

    @Nullable Ticket poll(boolean newestFirst) {
      Criticality highest =
          all.stream().map(Naive::level).min(Comparator.naturalOrder()).orElse(null);
      if (highest == null) {
        return null;
      }
      String turn = turns(highest).getFirst();
      List<Ticket> own = own(highest, turn);
      Ticket ticket = newestFirst ? own.getLast() : own.getFirst();
      remove(ticket);
      if (turns(highest).remove(turn)) {
        turns(highest).add(turn);
      }
      return ticket;
    }

    @Nullable Ticket pollLeast(Criticality most) {
      Criticality lowest =
          all.stream()
              .map(Naive::level)
              .filter(each -> each.compareTo(most) >= 0)
              .max(Comparator.naturalOrder())
              .orElse(null);
      if (lowest == null) {
        return null;
      }
      String largest = "";
      int greatest = 0;
      for (String tenant : turns(lowest)) {
        int count = own(lowest, tenant).size();
        if (count > greatest) {
          largest = tenant;
          greatest = count;
        }
      }
      Ticket ticket = own(lowest, largest).getFirst();
      remove(ticket);
      return ticket;
    }

    void remove(Ticket ticket) {
      all.remove(ticket);
      if (own(level(ticket), tenant(ticket)).isEmpty()) {
        turns(level(ticket)).remove(tenant(ticket));
      }
    }

    @Nullable Ticket oldest() {
      return all.isEmpty() ? null : all.getFirst();
    }

    int sizeAhead(Criticality criticality) {
      return (int) all.stream().filter(t -> level(t).compareTo(criticality) <= 0).count();
    }

    boolean isGreediest(Criticality criticality, String tenant) {
      int own = own(criticality, tenant).size();
      List<String> others =
          turns(criticality).stream().filter(each -> !each.equals(tenant)).toList();
      return own > 0
          && !others.isEmpty()
          && others.stream().allMatch(each -> own(criticality, each).size() < own);
    }

    private SequencedSet<String> turns(Criticality criticality) {
      return turns.computeIfAbsent(criticality, _ -> new LinkedHashSet<>());
    }

    private List<Ticket> own(Criticality criticality, String tenant) {
      return all.stream().filter(t -> level(t) == criticality && tenant(t).equals(tenant)).toList();
    }

    private static Criticality level(Ticket ticket) {
      return ticket.request().criticality();
    }

    private static String tenant(Ticket ticket) {
      return ticket.request().tenant();
    }
  }
}
