package dev.snowshed.core.admission;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one function that wait: by criticality, then by tenant. Tenants take turns. Not
 * safe for concurrent use; guarded by the controller's lock.
 */
final class WaitingRoom {
  /** From the highest criticality down. */
  private final EnumMap<Criticality, Level> levels = new EnumMap<>(Criticality.class);

  private int size;

  /** How many wait. */
  int size() {
    return size;
  }

  /** How many wait that a request of this criticality would have to let go first. */
  int sizeAhead(Criticality criticality) {
    int ahead = 0;
    for (Map.Entry<Criticality, Level> level : levels.entrySet()) {
      if (level.getKey().compareTo(criticality) <= 0) {
        ahead += level.getValue().size;
      }
    }
    return ahead;
  }

  /** The highest criticality that waits; null if none does. */
  @Nullable Criticality highest() {
    for (Map.Entry<Criticality, Level> level : levels.entrySet()) {
      if (level.getValue().size > 0) {
        return level.getKey();
      }
    }
    return null;
  }

  void add(Ticket ticket) {
    levels.computeIfAbsent(ticket.request().criticality(), _ -> new Level()).add(ticket);
    size++;
  }

  /** Puts one back that was polled in this order, as the next of its tenant. */
  void putBack(Ticket ticket, boolean newestFirst) {
    levels
        .computeIfAbsent(ticket.request().criticality(), _ -> new Level())
        .putBack(ticket, newestFirst);
    size++;
  }

  /** Takes the next one to run out; null if none waits. */
  @Nullable Ticket poll(boolean newestFirst) {
    for (Level level : levels.values()) {
      if (level.size > 0) {
        size--;
        return level.poll(newestFirst);
      }
    }
    return null;
  }

  /**
   * Takes the one out that can be done without best: of the lowest criticality, of the tenant with
   * the most, the oldest.
   *
   * @param most none that matters more than this
   * @return null if there is none
   */
  @Nullable Ticket pollLeast(Criticality most) {
    Level least = null;
    for (Map.Entry<Criticality, Level> level : levels.entrySet()) {
      if (level.getValue().size > 0 && level.getKey().compareTo(most) >= 0) {
        least = level.getValue();
      }
    }
    if (least == null) {
      return null;
    }
    size--;
    return least.pollFromLargest();
  }

  /** The oldest one of all; null if none waits. */
  @Nullable Ticket oldest() {
    Ticket oldest = null;
    for (Level level : levels.values()) {
      Ticket first = level.oldest();
      if (first != null && (oldest == null || first.sinceNanos() < oldest.sinceNanos())) {
        oldest = first;
      }
    }
    return oldest;
  }

  /** All whose deadline has come. */
  List<Ticket> late(long nowNanos) {
    List<Ticket> late = new ArrayList<>();
    for (Level level : levels.values()) {
      level.addLate(late, nowNanos);
    }
    return late;
  }

  void remove(Ticket ticket) {
    Level level = levels.get(ticket.request().criticality());
    if (level != null && level.remove(ticket)) {
      size--;
    }
  }

  /**
   * Whether a tenant has more waiting than any other of the same criticality, of which there are
   * some.
   */
  boolean isGreediest(Criticality criticality, String tenant) {
    Level level = levels.get(criticality);
    return level != null && level.isGreediest(tenant);
  }

  /** Whether requests of a criticality wait for more than one tenant. */
  boolean hasSeveralTenants(Criticality criticality) {
    Level level = levels.get(criticality);
    return level != null && level.tenants.size() > 1;
  }

  /** Those of one criticality, by tenant in the order of their turns. */
  private static final class Level {
    private final Map<String, Deque<Ticket>> tenants = new LinkedHashMap<>();
    private int size;

    void add(Ticket ticket) {
      tenants.computeIfAbsent(ticket.request().tenant(), _ -> new ArrayDeque<>()).addLast(ticket);
      size++;
    }

    void putBack(Ticket ticket, boolean newestFirst) {
      Deque<Ticket> own =
          tenants.computeIfAbsent(ticket.request().tenant(), _ -> new ArrayDeque<>());
      if (newestFirst) {
        own.addLast(ticket);
      } else {
        own.addFirst(ticket);
      }
      size++;
    }

    @Nullable Ticket poll(boolean newestFirst) {
      Map.Entry<String, Deque<Ticket>> turn = tenants.entrySet().iterator().next();
      Deque<Ticket> own = turn.getValue();
      Ticket ticket = newestFirst ? own.pollLast() : own.pollFirst();
      if (tenants.size() > 1 || own.isEmpty()) {
        String tenant = turn.getKey();
        tenants.remove(tenant);
        if (!own.isEmpty()) {
          tenants.put(tenant, own);
        }
      }
      size--;
      return ticket;
    }

    @Nullable Ticket pollFromLargest() {
      Map.Entry<String, Deque<Ticket>> largest = null;
      for (Map.Entry<String, Deque<Ticket>> tenant : tenants.entrySet()) {
        if (largest == null || tenant.getValue().size() > largest.getValue().size()) {
          largest = tenant;
        }
      }
      if (largest == null) {
        return null;
      }
      Ticket ticket = largest.getValue().pollFirst();
      if (largest.getValue().isEmpty()) {
        tenants.remove(largest.getKey());
      }
      size--;
      return ticket;
    }

    @Nullable Ticket oldest() {
      Ticket oldest = null;
      for (Deque<Ticket> tenant : tenants.values()) {
        Ticket first = tenant.peekFirst();
        if (first != null && (oldest == null || first.sinceNanos() < oldest.sinceNanos())) {
          oldest = first;
        }
      }
      return oldest;
    }

    void addLate(List<Ticket> late, long nowNanos) {
      for (Deque<Ticket> tenant : tenants.values()) {
        for (Ticket each : tenant) {
          if (each.request().deadlineNanos() - nowNanos <= 0) {
            late.add(each);
          }
        }
      }
    }

    boolean remove(Ticket ticket) {
      Deque<Ticket> own = tenants.get(ticket.request().tenant());
      if (own == null || !own.remove(ticket)) {
        return false;
      }
      if (own.isEmpty()) {
        tenants.remove(ticket.request().tenant());
      }
      size--;
      return true;
    }

    boolean isGreediest(String tenant) {
      Deque<Ticket> own = tenants.get(tenant);
      if (own == null || tenants.size() < 2) {
        return false;
      }
      int asGreedy = 0;
      for (Deque<Ticket> each : tenants.values()) {
        if (each.size() >= own.size()) {
          asGreedy++;
        }
      }
      return asGreedy == 1;
    }
  }
}
