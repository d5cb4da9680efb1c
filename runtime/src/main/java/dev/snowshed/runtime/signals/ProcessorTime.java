package dev.snowshed.runtime.signals;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** How much processor time the process has used. Safe for concurrent use. */
final class ProcessorTime {
  private static final @Nullable OperatingSystemMXBean SYSTEM =
      ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
          ? system
          : null;

  private ProcessorTime() {}

  /** In nanoseconds, over all processors; 0 where the JDK does not tell. */
  static long usedNanos() {
    return SYSTEM == null ? 0 : Math.max(0, SYSTEM.getProcessCpuTime());
  }
}
