package dev.snowshed.runtime.signals;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * How long a task waits for its turn on the event loops of the function port, measured by a probe
 * on each. Safe for concurrent use.
 */
public final class LoopDelays {
  private final Map<Executor, StartDelay> delays = new ConcurrentHashMap<>();

  /** No event loop yet. */
  public LoopDelays() {}

  /** Has an event loop probed from now on. Idempotent. */
  public void watch(Executor loop) {
    delays.computeIfAbsent(loop, executor -> new StartDelay(executor, System::nanoTime));
  }

  /** Sends a probe to each that has none under way: to be called several times a second. */
  public void probe() {
    delays.values().forEach(StartDelay::probe);
  }

  /**
   * The delay of the worst, in nanoseconds: at its last probe, or the age of one that is under way.
   */
  public long worstNanos() {
    return delays.values().stream().mapToLong(StartDelay::nanos).max().orElse(0);
  }
}
