package dev.snowshed.runtime.signals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.runtime.testing.Poll;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignalsTest {
  private final AtomicLong clock = new AtomicLong(-5);

  @Test
  void readsTheRunQueueAgainOnlyWhenItIsOld() {
    AtomicInteger reads = new AtomicInteger();
    RunQueue queue = new RunQueue(reads::incrementAndGet, clock::get);
    assertEquals(1, queue.length());
    clock.addAndGet(RunQueue.FRESH_NANOS - 1);
    assertEquals(1, queue.length());
    clock.incrementAndGet();
    assertEquals(2, queue.length());
  }

  @Test
  void takesAnUnknownRunQueueForAnEmptyOne() {
    assertEquals(0, new RunQueue(() -> -1, clock::get).length());
  }

  @Test
  void asksTheSchedulerOfThisJvm() throws InterruptedException {
    RunQueue queue = RunQueue.ofThisJvm();
    AtomicBoolean end = new AtomicBoolean();
    List<Thread> spinning = new ArrayList<>();
    try {
      for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
        spinning.add(
            Thread.startVirtualThread(
                () -> {
                  while (!end.get()) {
                    Thread.onSpinWait();
                  }
                }));
      }
      Poll.until("one that waits for a carrier", () -> queue.length() > 0);
    } finally {
      end.set(true);
      for (Thread each : spinning) {
        each.join();
      }
    }
  }

  @Test
  void measuresTheDelayOfAProbeWithOneUnderWay() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    StartDelay delay = new StartDelay(tasks::add, clock::get);
    delay.probe();
    delay.probe();
    assertEquals(1, tasks.size());
    clock.addAndGet(700);
    assertEquals(700, delay.nanos());
    tasks.remove().run();
    clock.addAndGet(50);
    assertEquals(700, delay.nanos());
    delay.probe();
    tasks.remove().run();
    assertEquals(0, delay.nanos());
  }

  @Test
  void showsTheSlowestEventLoop() {
    LoopDelays delays = new LoopDelays();
    assertEquals(0, delays.worstNanos());
    Queue<Runnable> stuck = new ArrayDeque<>();
    java.util.concurrent.Executor turning = Runnable::run;
    java.util.concurrent.Executor wedged = stuck::add;
    delays.watch(turning);
    delays.watch(wedged);
    delays.watch(wedged);
    delays.probe();
    delays.probe();
    assertEquals(1, stuck.size());
    long first = delays.worstNanos();
    assertTrue(delays.worstNanos() >= first && first > 0, "it grows while the probe waits");
  }

  @Test
  void readsTheMachine() {
    MachineSignals signals = MachineSignals.ofThisProcess();
    signals.refresh();
    assertTrue(signals.processors() > 0);
    assertTrue(signals.processors() <= Runtime.getRuntime().availableProcessors());
    assertTrue(signals.memoryPressure() >= 0 && signals.memoryPressure() <= 1);
    assertTrue(signals.throttledSeconds() >= 0);
    signals.look(0);
    signals.look(1);
    assertTrue(signals.cpuUse() >= 0 && signals.cpuUse() <= 1);
    assertTrue(signals.gcShare() >= 0 && signals.gcShare() <= 1);
    assertTrue(ProcessorTime.usedNanos() > 0);
  }

  @Test
  void countsPausesOfCollections() {
    long before = GcPauses.totalMillis();
    Poll.until(
        "a pause that counts",
        () -> {
          System.gc();
          return GcPauses.totalMillis() > before;
        });
  }
}
