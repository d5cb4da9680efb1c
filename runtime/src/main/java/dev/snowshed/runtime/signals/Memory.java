package dev.snowshed.runtime.signals;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How full the heap is with what outlives a collection: what its pools held after their last
 * collection, as a share of the largest heap, or of the pool for long-lived objects alone if that
 * is fuller. Before the first collection, and where a collector does not tell, 0. For one thread.
 */
final class Memory {
  /**
   * What no collection has confirmed for so long may be garbage by now: whoever is refused for it
   * allocates nothing, and so would never see it collected.
   */
  static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

  /**
   * A part of the heap after its last collection.
   *
   * @param used in bytes
   * @param max how large it can become; negative if nothing bounds it but the heap
   * @param longLived whether it is for objects that have outlived several collections
   */
  record Pool(long used, long max, boolean longLived) {
    private double share() {
      return longLived && max > 0 ? (double) used / max : 0;
    }
  }

  private static final List<MemoryPoolMXBean> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private final Supplier<List<Pool>> heap;
  private final long maxBytes;
  private final LongSupplier clock;
  private List<Pool> last = List.of();
  private long changedAt;

  /**
   * Of a heap.
   *
   * @param heap its parts
   * @param maxBytes how large all of it can become
   * @param clock in nanoseconds
   */
  Memory(Supplier<List<Pool>> heap, long maxBytes, LongSupplier clock) {
    this.heap = heap;
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  static Memory ofThisJvm() {
    return new Memory(Memory::pools, Runtime.getRuntime().maxMemory(), System::nanoTime);
  }

  private static List<Pool> pools() {
    return HEAP.stream().map(Memory::afterCollection).toList();
  }

  private static Pool afterCollection(MemoryPoolMXBean pool) {
    MemoryUsage usage = pool.getCollectionUsage();
    return usage == null
        ? new Pool(0, -1, false)
        : new Pool(usage.getUsed(), usage.getMax(), pool.isUsageThresholdSupported());
  }

  /**
   * What was read at one moment.
   *
   * @param share how full, 0 to 1
   * @param fresh whether a collection has confirmed it within the last {@link #FRESH_NANOS}
   */
  record Reading(double share, boolean fresh) {}

  Reading read() {
    long now = clock.getAsLong();
    List<Pool> pools = heap.get();
    if (!pools.equals(last)) {
      last = pools;
      changedAt = now;
    }
    double all = (double) pools.stream().mapToLong(Pool::used).sum() / maxBytes;
    double longLived = pools.stream().mapToDouble(Pool::share).max().orElse(0);
    return new Reading(
        Math.clamp(Math.max(all, longLived), 0.0, 1.0), now - changedAt <= FRESH_NANOS);
  }
}
