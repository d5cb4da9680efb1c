package dev.snowshed.runtime.signals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Queue;
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
  void asksTheSchedulerOfThisJvm() {
    assertTrue(RunQueue.ofThisJvm().length() >= 0);
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
  void readsTheMachine() {
    MachineSignals signals = MachineSignals.ofThisProcess();
    signals.refresh();
    assertTrue(signals.processors() > 0);
    assertTrue(signals.processors() <= Runtime.getRuntime().availableProcessors());
    assertTrue(signals.memoryPressure() >= 0 && signals.memoryPressure() <= 1);
    assertTrue(signals.throttledSeconds() >= 0);
  }
}
