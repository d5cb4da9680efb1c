package dev.snowshed.core.admission;

/** A machine that is as the test says. */
final class Machine implements HostSignals {
  volatile int runQueueLength;
  volatile double processors = 2;
  volatile double memoryPressure;
  volatile double processorNanos = Double.NaN;

  @Override
  public int runQueueLength() {
    return runQueueLength;
  }

  @Override
  public double processors() {
    return processors;
  }

  @Override
  public double processorNanos() {
    return processorNanos;
  }

  @Override
  public double memoryPressure() {
    return memoryPressure;
  }
}
