package dev.snowshed.runtime.lifecycle;

import dev.snowshed.core.lifecycle.Vitals;
import dev.snowshed.runtime.http.FunctionEndpoint;
import dev.snowshed.runtime.http.StuckCalls;
import dev.snowshed.runtime.http.Traffic;
import dev.snowshed.runtime.signals.Growth;
import dev.snowshed.runtime.signals.LoopDelays;
import dev.snowshed.runtime.signals.MachineSignals;
import java.time.Duration;

/** Measures how the host is. For one thread. */
public final class VitalSigns {
  private static final long WINDOW_NANOS = Duration.ofSeconds(2).toNanos();

  private final MachineSignals signals;
  private final LoopDelays loops;
  private final StuckCalls stuck;
  private final Traffic traffic;
  private final Growth offered = new Growth(WINDOW_NANOS);
  private final Growth refused = new Growth(WINDOW_NANOS);
  private final Growth inTime = new Growth(WINDOW_NANOS);
  private final Growth late = new Growth(WINDOW_NANOS);

  /**
   * Nothing measured yet.
   *
   * @param signals of the machine
   * @param loops those of the function port
   * @param endpoint whose calls are looked at
   */
  public VitalSigns(MachineSignals signals, LoopDelays loops, FunctionEndpoint endpoint) {
    this.signals = signals;
    this.loops = loops;
    this.stuck = endpoint.stuckCalls();
    this.traffic = endpoint.traffic();
  }

  /** Measures: to be called several times a second. */
  Vitals take(long nowNanos) {
    signals.look(nowNanos);
    offered.look(traffic.offered(), nowNanos);
    refused.look(traffic.refused(), nowNanos);
    inTime.look(traffic.endedInTime(), nowNanos);
    late.look(traffic.endedLate(), nowNanos);
    StuckCalls.Look held = stuck.look(nowNanos);
    return new Vitals(
        held.held(),
        held.oldestNanos(),
        (int) Math.ceil(signals.processors()),
        signals.startDelayNanos(),
        loops.worstNanos(),
        signals.gcShare(),
        signals.heapAfterCollection(),
        signals.cpuUse(),
        offered.perSecond(),
        refused.perSecond(),
        inTime.perSecond(),
        late.perSecond());
  }
}
