package dev.snowshed.simulation.engine;

import java.util.Arrays;

/**
 * Virtual time: what is still to happen, by time and then by the order in which it was added, as a
 * binary heap. Not safe for concurrent use.
 */
public final class Timeline {
  private long[] times = new long[256];
  private long[] orders = new long[256];
  private Runnable[] events = new Runnable[256];
  private int size;
  private long added;
  private long now;

  /** The present, in nanoseconds since the start. */
  public long now() {
    return now;
  }

  /** Lets something happen at a time, which must not be in the past. */
  public void at(long time, Runnable event) {
    if (size == events.length) {
      times = Arrays.copyOf(times, 2 * size);
      orders = Arrays.copyOf(orders, 2 * size);
      events = Arrays.copyOf(events, 2 * size);
    }
    rise(size++, time, added++, event);
  }

  /** Lets everything happen up to a time, that time included. */
  public void runUntil(long end) {
    while (size > 0 && times[0] <= end) {
      now = times[0];
      removeFirst().run();
    }
  }

  private Runnable removeFirst() {
    Runnable first = events[0];
    size--;
    sink(times[size], orders[size], events[size]);
    return first;
  }

  private void rise(int start, long time, long order, Runnable event) {
    int at = start;
    while (at > 0) {
      int parent = (at - 1) / 2;
      if (times[parent] <= time) {
        break;
      }
      move(parent, at);
      at = parent;
    }
    put(at, time, order, event);
  }

  private void sink(long time, long order, Runnable event) {
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && isBefore(times[child + 1], orders[child + 1], child)) {
        child++;
      }
      if (isBefore(time, order, child)) {
        break;
      }
      move(child, at);
      at = child;
    }
    put(at, time, order, event);
  }

  private boolean isBefore(long time, long order, int other) {
    return time < times[other] || (time == times[other] && order < orders[other]);
  }

  private void move(int from, int to) {
    put(to, times[from], orders[from], events[from]);
  }

  private void put(int at, long time, long order, Runnable event) {
    times[at] = time;
    orders[at] = order;
    events[at] = event;
  }
}
