package dev.snowshed.runtime.http;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that still run although their deadline has long passed, told apart by what holds them:
 * this host, if their thread runs or is blocked on a monitor, or something elsewhere, if it waits.
 * A thread that is blocked while another stuck call of its function waits counts as waiting behind
 * it: whoever has the monitor may be the one that waits. Safe for concurrent use.
 */
public final class StuckCalls {
  private static final long ELSEWHERE = Long.MIN_VALUE;

  /** So that looking stays cheap however many there are. */
  private static final int MOST_LOOKED_AT = 200;

  /** Since when each has been seen to be held by this host, or {@link #ELSEWHERE}. */
  private final Map<Call, Long> heldSince = new ConcurrentHashMap<>();

  StuckCalls() {}

  /**
   * What a look has found.
   *
   * @param held how many are held by this host
   * @param oldestNanos how long the first of those has been; 0 if there is none
   */
  public record Look(int held, long oldestNanos) {}

  void add(Call call) {
    heldSince.put(call, ELSEWHERE);
  }

  void remove(Call call) {
    heldSince.remove(call);
  }

  /** Looks at each, or at many of them. To be called a few times a second, by one thread. */
  public Look look(long nowNanos) {
    Map<Call, Whereabouts> seen = new ConcurrentHashMap<>();
    heldSince.keySet().stream()
        .limit(MOST_LOOKED_AT)
        .forEach(call -> seen.put(call, call.whereabouts()));
    Set<String> waiting = new HashSet<>();
    seen.forEach(
        (call, where) -> {
          if (where == Whereabouts.WAITING) {
            waiting.add(call.functionName());
          }
        });
    seen.forEach((call, where) -> note(call, isHeld(call, where, waiting), nowNanos));
    return summary(heldSince.values(), nowNanos);
  }

  private static boolean isHeld(Call call, Whereabouts where, Set<String> functionsThatWait) {
    return switch (where) {
      case RUNNING -> true;
      case BLOCKED -> !functionsThatWait.contains(call.functionName());
      case WAITING -> false;
    };
  }

  private void note(Call call, boolean held, long nowNanos) {
    heldSince.computeIfPresent(
        call, (_, since) -> !held ? ELSEWHERE : since == ELSEWHERE ? (Long) nowNanos : since);
  }

  private static Look summary(Collection<Long> since, long nowNanos) {
    int held = 0;
    long oldest = 0;
    for (long each : since) {
      if (each != ELSEWHERE) {
        held++;
        oldest = Math.max(oldest, nowNanos - each);
      }
    }
    return new Look(held, oldest);
  }
}
