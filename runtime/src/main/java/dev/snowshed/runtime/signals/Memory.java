package dev.snowshed.runtime.signals;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;

/**
 * How full the heap is with what outlives a collection: what its pools held after their last
 * collection, as a share of the largest heap. Before the first collection, and where a collector
 * does not tell, 0. Safe for concurrent use.
 */
final class Memory {
  private static final List<MemoryPoolMXBean> POOLS =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private Memory() {}

  /** From 0 to 1. */
  static double pressure() {
    long used = 0;
    for (MemoryPoolMXBean pool : POOLS) {
      MemoryUsage afterCollection = pool.getCollectionUsage();
      if (afterCollection != null) {
        used += afterCollection.getUsed();
      }
    }
    return Math.clamp((double) used / Runtime.getRuntime().maxMemory(), 0.0, 1.0);
  }
}
