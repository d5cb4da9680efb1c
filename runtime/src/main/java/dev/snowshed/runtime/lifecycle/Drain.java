package dev.snowshed.runtime.lifecycle;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.lifecycle.Lifecycle;
import dev.snowshed.runtime.admission.LimitMemory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * How the host leaves: it says so to the layers above, serves on while they take notice, refuses
 * new work, waits for the work in flight, and exits. Safe for concurrent use.
 */
public final class Drain {
  private static final Logger LOG = Logger.getLogger(Drain.class);

  private final Lifecycle lifecycle;
  private final AdmissionController gate;
  private final LimitMemory memory;
  private final Duration announce;
  private final Duration timeout;
  private final Runnable exit;
  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * A drain that has not begun.
   *
   * @param lifecycle tells the layers above
   * @param gate refuses
   * @param memory keeps what was learnt
   * @param announce how long new work is still taken
   * @param timeout how long the work in flight may take after that
   * @param exit ends the process with code 0; must not block
   */
  public Drain(
      Lifecycle lifecycle,
      AdmissionController gate,
      LimitMemory memory,
      Duration announce,
      Duration timeout,
      Runnable exit) {
    this.lifecycle = lifecycle;
    this.gate = gate;
    this.memory = memory;
    this.announce = announce;
    this.timeout = timeout;
    this.exit = exit;
  }

  /**
   * Begins, and returns at once.
   *
   * @param why for the log and {@code /snowshed/lifecycle}
   * @return false if it has begun before
   */
  public boolean begin(String why) {
    if (!begun.compareAndSet(false, true)) {
      return false;
    }
    lifecycle.drain(why, System.nanoTime());
    Thread.ofPlatform().name("snowshed-drain").start(this::run);
    return true;
  }

  private void run() {
    try {
      announce();
      finish(gate.close());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lifecycle.stopped(System.nanoTime());
      exit.run();
    }
  }

  private void announce() throws InterruptedException {
    if (announce.isPositive()) {
      LOG.infof(
          "Out of rotation; new requests are served for another %s (snowshed.drain.announce)",
          announce);
      Thread.sleep(announce);
    }
  }

  private void finish(CompletableFuture<Void> idle) throws InterruptedException {
    LOG.infof("Draining: %d requests in flight, %d waiting", gate.inflight(), gate.waiting());
    memory.save(gate.state(System.nanoTime()));
    try {
      idle.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warnf(
          "%d requests still in flight after %s (snowshed.drain.timeout): stopping all the same",
          gate.inflight(), timeout);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
