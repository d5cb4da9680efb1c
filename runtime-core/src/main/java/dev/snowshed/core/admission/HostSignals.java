package dev.snowshed.core.admission;

/**
 * What the controller reads of the machine. Must be cheap, must not block; safe for concurrent use.
 */
@FunctionalInterface
public interface HostSignals {
  /**
   * How many tasks are ready to run and wait for a processor, those among them that were admitted
   * and have not started; 0 if that cannot be told, for then the controller goes by the latter.
   */
  default int runQueueLength() {
    return 0;
  }

  /**
   * How many processors the host may use, quotas included; anything but a number above 0 counts as
   * 1.
   */
  double processors();

  /**
   * Processor time that all threads of the host have used since its start, in nanoseconds; not a
   * number if that cannot be told, and then the run queue alone says how busy the processors are.
   */
  default double processorNanos() {
    return Double.NaN;
  }

  /** How full the memory is, from 0 to 1, garbage not counted; 0 if that cannot be told. */
  default double memoryPressure() {
    return 0;
  }
}
