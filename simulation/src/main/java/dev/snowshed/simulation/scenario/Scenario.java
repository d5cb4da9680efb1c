package dev.snowshed.simulation.scenario;

import java.util.List;

/**
 * One workload. Immutable.
 *
 * @param name of its file, without extension
 * @param title one line for reports
 * @param durationNanos length of the run
 * @param scoreFromNanos completions before it are not scored
 * @param scoreUntilNanos nor those after it
 * @param cores servers of the run queue, 1 or more
 * @param cpuCost cost factors of all CPU time
 * @param stalls when nothing runs
 * @param functions one or more; all share the cores
 */
public record Scenario(
    String name,
    String title,
    long durationNanos,
    long scoreFromNanos,
    long scoreUntilNanos,
    int cores,
    Schedule<CostFactor> cpuCost,
    List<Stall> stalls,
    List<FunctionLoad> functions) {

  /** Copies the lists. */
  public Scenario {
    stalls = List.copyOf(stalls);
    functions = List.copyOf(functions);
  }

  /** The cost factor at a time. */
  public double costAt(long nanos) {
    return cpuCost.at(nanos).at(nanos);
  }

  /**
   * When a core that works from a time on has done so much work, stalls included; some time after
   * the end if it is not done by then.
   */
  public long doneAt(long fromNanos, double workNanos) {
    long now = afterStall(fromNanos);
    long left = Math.round(workNanos);
    while (true) {
      long stall = nextStall(now);
      if (stall - now >= left || now > durationNanos) {
        return now + left;
      }
      left -= stall - now;
      now = afterStall(stall);
    }
  }

  private long afterStall(long nanos) {
    long end = nanos;
    long start;
    do {
      start = end;
      for (Stall stall : stalls) {
        end = Math.max(end, stall.endAt(end));
      }
    } while (end > start && end <= durationNanos);
    return end;
  }

  private long nextStall(long nanos) {
    long next = Long.MAX_VALUE;
    for (Stall stall : stalls) {
      next = Math.min(next, stall.nextStart(nanos));
    }
    return next;
  }
}
