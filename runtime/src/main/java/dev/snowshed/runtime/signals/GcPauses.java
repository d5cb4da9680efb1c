package dev.snowshed.runtime.signals;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * How long collections have stopped the process. Collectors that run beside it report their cycles
 * too, which stop nothing and are left out. Safe for concurrent use.
 */
public final class GcPauses {
  private static final String CONCURRENT = "Cycles";

  private static final List<GarbageCollectorMXBean> COLLECTORS =
      ManagementFactory.getGarbageCollectorMXBeans().stream()
          .filter(collector -> !collector.getName().endsWith(CONCURRENT))
          .toList();

  private GcPauses() {}

  /** In milliseconds since the start of the process; the collectors do not tell more exactly. */
  public static long totalMillis() {
    long sum = 0;
    for (GarbageCollectorMXBean collector : COLLECTORS) {
      sum += Math.max(0, collector.getCollectionTime());
    }
    return sum;
  }
}
