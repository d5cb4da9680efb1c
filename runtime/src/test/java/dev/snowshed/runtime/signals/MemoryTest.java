package dev.snowshed.runtime.signals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.runtime.signals.Memory.Pool;
import dev.snowshed.runtime.testing.Poll;
import java.lang.ref.Reference;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private final AtomicLong clock = new AtomicLong(-5);
  private List<Pool> pools = List.of();
  private final Memory memory = new Memory(() -> pools, 1_000, clock::get);

  @Test
  void isTheShareOfTheWholeHeap() {
    pools = List.of(new Pool(100, -1, false), new Pool(500, 1_000, true));
    assertEquals(0.6, memory.read().share());
  }

  @Test
  void isTheShareOfThePoolForLongLivedObjectsIfThatIsFuller() {
    pools = List.of(new Pool(0, 300, false), new Pool(630, 700, true));
    assertEquals(0.9, memory.read().share());
  }

  @Test
  void doesNotMindAFullPoolForYoungObjects() {
    pools = List.of(new Pool(30, 30, false), new Pool(70, 700, true));
    assertEquals(0.1, memory.read().share());
  }

  @Test
  void isNothingBeforeTheFirstCollection() {
    assertEquals(0, memory.read().share());
  }

  @Test
  void isAtMostAll() {
    pools = List.of(new Pool(1_200, -1, true));
    assertEquals(1, memory.read().share());
  }

  @Test
  void isFreshUntilNoCollectionHasConfirmedItForAWhile() {
    pools = List.of(new Pool(960, -1, true));
    assertTrue(memory.read().fresh());
    clock.addAndGet(Memory.FRESH_NANOS);
    assertTrue(memory.read().fresh());
    clock.addAndGet(1);
    assertFalse(memory.read().fresh());
    assertEquals(0.96, memory.read().share());
    pools = List.of(new Pool(961, -1, true));
    assertTrue(memory.read().fresh());
  }

  @Test
  void seesWhatTheHeapOfThisJvmHolds() {
    Memory ofThisJvm = Memory.ofThisJvm();
    int size = (int) (Runtime.getRuntime().maxMemory() / 20);
    byte[] kept = new byte[size];
    try {
      Poll.until(
          "a twentieth of the heap",
          () -> {
            System.gc();
            return ofThisJvm.read().share() >= 0.05;
          });
    } finally {
      Reference.reachabilityFence(kept);
    }
  }
}
