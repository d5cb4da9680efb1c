package dev.snowshed.runtime.signals;

import dev.snowshed.core.admission.HostSignals;
import dev.snowshed.runtime.signals.CpuQuota.Throttling;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * What the host reads of the machine it runs on. What changes slowly is read in {@link #refresh},
 * and answered from there. Safe for concurrent use.
 */
public final class MachineSignals implements HostSignals {
  private static final long GC_WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long CPU_WINDOW_NANOS = Duration.ofSeconds(1).toNanos();
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final double NANOS_PER_SECOND = 1e9;

  private final CpuQuota quota;
  private final Memory memory = Memory.ofThisJvm();
  private final RunQueue runQueue;
  private final StartDelay startDelay;
  private final Growth gcPauses = new Growth(GC_WINDOW_NANOS);
  private final Growth processorTime = new Growth(CPU_WINDOW_NANOS);
  private volatile Reading reading;
  private volatile double gcShare;
  private volatile double cpuUse;

  /**
   * What was read at one moment.
   *
   * @param processors how many may be used
   * @param throttling how often and how long they were withheld
   * @param cpuPressure the share of time in which some task waited for one; 0 if not known
   * @param memory how full it is
   */
  private record Reading(
      double processors, Throttling throttling, double cpuPressure, Memory.Reading memory) {}

  private MachineSignals(CpuQuota quota, RunQueue runQueue, StartDelay startDelay) {
    this.quota = quota;
    this.runQueue = runQueue;
    this.startDelay = startDelay;
    this.reading = read();
  }

  /** Those of this process. */
  public static MachineSignals ofThisProcess() {
    return new MachineSignals(
        CpuQuota.ofThisProcess(),
        RunQueue.ofThisJvm(),
        new StartDelay(Thread::startVirtualThread, System::nanoTime));
  }

  /**
   * Reads again what changes slowly: to be called every few seconds, by one thread. Reads files.
   */
  public void refresh() {
    reading = read();
  }

  /** Sends a probe that finds {@link #startDelayNanos}: to be called several times a second. */
  public void probe() {
    startDelay.probe();
  }

  /**
   * Looks at what is shown as a share of the last while: to be called several times a second, by
   * one thread.
   */
  public void look(long nowNanos) {
    gcPauses.look(GcPauses.totalMillis(), nowNanos);
    gcShare = Math.min(1, gcPauses.perSecond() / MILLIS_PER_SECOND);
    processorTime.look(ProcessorTime.usedNanos(), nowNanos);
    cpuUse = Math.min(1, processorTime.perSecond() / NANOS_PER_SECOND / processors());
  }

  @Override
  public int runQueueLength() {
    return runQueue.length();
  }

  @Override
  public double processors() {
    return reading.processors();
  }

  @Override
  public double memoryPressure() {
    Memory.Reading now = reading.memory();
    return now.fresh() ? now.share() : 0;
  }

  /** How full the heap was after the last collection, however long ago, 0 to 1. */
  public double heapAfterCollection() {
    return reading.memory().share();
  }

  /** How long a virtual thread waited for its start, at the last probe. */
  public long startDelayNanos() {
    return startDelay.nanos();
  }

  /** In how many scheduling periods the container's quota of processor time was used up. */
  public long throttledPeriods() {
    return reading.throttling().periods();
  }

  /** For how many seconds the process was kept from running by that quota. */
  public double throttledSeconds() {
    return reading.throttling().seconds();
  }

  /** The share of the last ten seconds in which some task waited for a processor; 0 if unknown. */
  public double cpuPressure() {
    return reading.cpuPressure();
  }

  /** The share of the last ten seconds in which collections stopped the process, 0 to 1. */
  public double gcShare() {
    return gcShare;
  }

  /** The process's share of the processors that it may use, over the last second, 0 to 1. */
  public double cpuUse() {
    return cpuUse;
  }

  @Override
  public double processorNanos() {
    long used = ProcessorTime.usedNanos();
    return used > 0 ? used : Double.NaN;
  }

  private Reading read() {
    return new Reading(
        processors(quota.processors(), Runtime.getRuntime().availableProcessors()),
        quota.throttling(),
        quota.pressure().orElse(0),
        memory.read());
  }

  /** The JDK rounds a quota up to whole processors; what is left of one matters here. */
  static double processors(OptionalDouble quota, int available) {
    return quota.isPresent() ? Math.min(quota.getAsDouble(), available) : available;
  }
}
