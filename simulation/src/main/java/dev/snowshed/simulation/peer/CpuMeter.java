package dev.snowshed.simulation.peer;

import dev.snowshed.simulation.engine.HostView;

/** How busy the cores were since the last reading, as an operating system tells a process. */
final class CpuMeter {
  private final HostView host;
  private long lastNanos;
  private long lastBusyNanos;

  CpuMeter(HostView host) {
    this.host = host;
  }

  /**
   * Reads it.
   *
   * @return 0 to 1; 0 if no time has passed
   */
  double usage(long nowNanos) {
    long busy = host.busyNanos(nowNanos);
    double possible = (double) (nowNanos - lastNanos) * host.cores();
    double usage = possible <= 0 ? 0 : (busy - lastBusyNanos) / possible;
    lastNanos = nowNanos;
    lastBusyNanos = busy;
    return usage;
  }
}
