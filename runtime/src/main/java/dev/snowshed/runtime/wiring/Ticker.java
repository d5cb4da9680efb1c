package dev.snowshed.runtime.wiring;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.runtime.admission.LimitMemory;
import dev.snowshed.runtime.http.FunctionEndpoint;
import dev.snowshed.runtime.signals.LoopDelays;
import dev.snowshed.runtime.signals.MachineSignals;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Lets time pass for admission: a thread that wakes every {@link #TICK_NANOS}. It is a thread of
 * the operating system, so that it runs when virtual threads do not get to. Safe for concurrent
 * use.
 */
final class Ticker implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Ticker.class);

  private static final long TICK_NANOS = Duration.ofMillis(5).toNanos();
  private static final long PROBE_NANOS = Duration.ofMillis(100).toNanos();
  private static final long REFRESH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long SAVE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long COMPLAIN_NANOS = Duration.ofSeconds(10).toNanos();

  private final AdmissionController controller;
  private final MachineSignals signals;
  private final LoopDelays loops;
  private final FunctionEndpoint endpoint;
  private final LimitMemory memory;
  private final Thread thread =
      Thread.ofPlatform().name("snowshed-ticks").daemon().unstarted(this::run);
  private volatile boolean stopped;

  // the thread's own
  private final Every probe = new Every(PROBE_NANOS);
  private final Every refresh = new Every(REFRESH_NANOS);
  private final Every save = new Every(SAVE_NANOS);
  private final Every complain = new Every(COMPLAIN_NANOS);

  Ticker(
      AdmissionController controller,
      MachineSignals signals,
      LoopDelays loops,
      FunctionEndpoint endpoint,
      LimitMemory memory) {
    this.controller = controller;
    this.signals = signals;
    this.loops = loops;
    this.endpoint = endpoint;
    this.memory = memory;
  }

  /** Starts the thread. */
  void start() {
    thread.start();
  }

  /** Has the thread end after its present tick. */
  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    long start = System.nanoTime();
    boolean _ = save.isDue(start);
    while (!stopped) {
      tick(System.nanoTime());
      LockSupport.parkNanos(TICK_NANOS);
    }
  }

  private void tick(long nowNanos) {
    try {
      controller.tick(nowNanos);
      endpoint.tick(nowNanos);
      if (probe.isDue(nowNanos)) {
        signals.probe();
        loops.probe();
      }
      if (refresh.isDue(nowNanos)) {
        signals.refresh();
      }
      if (save.isDue(nowNanos)) {
        // may block on a slow disk
        Thread _ = Thread.startVirtualThread(() -> memory.save(controller.state(nowNanos)));
      }
    } catch (RuntimeException e) {
      if (complain.isDue(nowNanos)) {
        LOG.error("A tick of admission failed; the next is tried all the same", e);
      }
    }
  }

  /** Something that is due again after a while. Not safe for concurrent use. */
  private static final class Every {
    private final long intervalNanos;
    private long last;
    private boolean done;

    Every(long intervalNanos) {
      this.intervalNanos = intervalNanos;
    }

    boolean isDue(long nowNanos) {
      boolean due = !done || nowNanos - last >= intervalNanos;
      if (due) {
        last = nowNanos;
        done = true;
      }
      return due;
    }
  }
}
