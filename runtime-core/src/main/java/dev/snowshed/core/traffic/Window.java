package dev.snowshed.core.traffic;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a host did in about a second. Grows until it is closed, and is not changed then. Not safe
 * for concurrent use.
 */
final class Window {
  private static final Part NOTHING = new Part();

  final long fromNanos;
  long toNanos;
  double seconds;

  /** Processor time, in seconds. */
  double busy;

  /** Processors, as a mean over time. */
  double processors;

  /** Run time of all functions, in seconds. */
  double run;

  private final Map<String, Part> parts = new HashMap<>();

  Window(long fromNanos) {
    this.fromNanos = fromNanos;
    this.toNanos = fromNanos;
  }

  void add(long untilNanos, double slotBusy, double slotProcessors) {
    double slot = (untilNanos - toNanos) / 1e9;
    processors = (processors * seconds + slotProcessors * slot) / (seconds + slot);
    seconds += slot;
    busy += slotBusy;
    toNanos = untilNanos;
  }

  /** A function's part, to be added to. */
  Part growing(String function) {
    return parts.computeIfAbsent(function, _ -> new Part());
  }

  /** A function's part; empty if it was not there. Not to be changed. */
  Part part(String function) {
    return parts.getOrDefault(function, NOTHING);
  }

  Iterable<String> functions() {
    return parts.keySet();
  }

  boolean isIdle() {
    for (Part part : parts.values()) {
      if (part.ended > 0 || part.inflight > 0) {
        return false;
      }
    }
    return true;
  }

  static double sum(List<Window> windows, ToDoubleFunction<Window> what) {
    double sum = 0;
    for (Window window : windows) {
      sum += what.applyAsDouble(window);
    }
    return sum;
  }

  /** Share of the processors in use; not a number if that cannot be told. */
  double utilization() {
    return busy / (processors * seconds);
  }
}
