package dev.snowshed.benchmarks.load;

import java.util.PriorityQueue;

/**
 * Arrivals from a fixed number of clients, each of which waits for its answer before it asks again.
 * It never offers more than is carried, and so finds out how much that is.
 */
public final class ClosedLoop implements Arrivals {

  /** How long a client waits after anything but success, so that refusals do not become a flood. */
  static final long PAUSE_NANOS = 20_000_000;

  private final PriorityQueue<Long> due = new PriorityQueue<>();

  /**
   * @param clients 1 or more
   */
  public ClosedLoop(int clients) {
    for (int client = 0; client < clients; client++) {
      due.add(0L);
    }
  }

  @Override
  public long nextNanos() {
    Long next = due.peek();
    return next == null ? NONE : next;
  }

  @Override
  public void take() {
    due.remove();
  }

  @Override
  public void ended(long nowNanos, Outcome outcome) {
    due.add(outcome == Outcome.GOOD ? nowNanos : nowNanos + PAUSE_NANOS);
  }
}
