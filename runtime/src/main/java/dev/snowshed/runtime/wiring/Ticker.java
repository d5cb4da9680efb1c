package dev.snowshed.runtime.wiring;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.runtime.admission.LimitLog;
import dev.snowshed.runtime.admission.LimitMemory;
import dev.snowshed.runtime.http.FunctionEndpoint;
import dev.snowshed.runtime.lifecycle.Beat;
import dev.snowshed.runtime.signals.LoopDelays;
import dev.snowshed.runtime.signals.MachineSignals;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Lets time pass for admission, on a thread that wakes every {@link #TICK}. Safe for concurrent
 * use.
 */
final class Ticker implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Ticker.class);

  private static final Duration TICK = Duration.ofMillis(5);
  private static final long PROBE_NANOS = Duration.ofMillis(100).toNanos();
  private static final long REFRESH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long SAVE_NANOS = Duration.ofSeconds(30).toNanos();

  private final AdmissionController controller;
  private final MachineSignals signals;
  private final LoopDelays loops;
  private final FunctionEndpoint endpoint;
  private final LimitMemory memory;
  private final Beat beat =
      new Beat(
          "snowshed-ticks",
          TICK,
          this::tick,
          e -> LOG.error("A tick of admission failed; the next is tried all the same", e));

  // the thread's own
  private final LimitLog log = new LimitLog();
  private final Every probe = new Every(PROBE_NANOS);
  private final Every refresh = new Every(REFRESH_NANOS);
  private final Every save = new Every(SAVE_NANOS);

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
    boolean _ = save.isDue(System.nanoTime());
    beat.start();
  }

  /** Has the thread end after its present tick. */
  @Override
  public void close() {
    beat.close();
  }

  private void tick(long nowNanos) {
    controller.tick(nowNanos);
    endpoint.tick(nowNanos);
    if (probe.isDue(nowNanos)) {
      signals.probe();
      loops.probe();
      log.look(() -> controller.state(nowNanos));
    }
    if (refresh.isDue(nowNanos)) {
      signals.refresh();
    }
    if (save.isDue(nowNanos)) {
      // may block on a slow disk
      Thread _ = Thread.startVirtualThread(() -> memory.save(controller.state(nowNanos)));
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
