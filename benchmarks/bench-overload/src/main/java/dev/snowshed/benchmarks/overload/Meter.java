package dev.snowshed.benchmarks.overload;

import dev.snowshed.benchmarks.http.Proc;
import dev.snowshed.benchmarks.load.Window;
import java.io.IOException;

/** Reads how much CPU time the target, the generator and others use. */
final class Meter implements Window.Marks {
  private final long pid;
  private long targetMicros;
  private long ownMicros;
  private long busyMicros;
  private long totalMicros;

  /**
   * @param pid the target's process
   */
  Meter(long pid) {
    this.pid = pid;
  }

  @Override
  public void begin() throws IOException {
    read(-1);
  }

  @Override
  public void end() throws IOException {
    read(1);
  }

  private void read(int sign) throws IOException {
    Proc.CpuTime machine = Proc.machine();
    targetMicros += sign * Proc.cpuMicros(pid);
    ownMicros += sign * Proc.cpuMicros(ProcessHandle.current().pid());
    busyMicros += sign * machine.busyMicros();
    totalMicros += sign * machine.totalMicros();
  }

  /** The target's CPU time between beginning and end, in microseconds. */
  long targetMicros() {
    return targetMicros;
  }

  /** The share of the machine that neither the target nor the generator used but others did. */
  double elsewhere() {
    double others = busyMicros - targetMicros - ownMicros;
    return Math.max(0, others / Math.max(1, totalMicros));
  }
}
