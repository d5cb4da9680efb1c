package dev.snowshed.runtime.testing;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks a host ten times a second whether it is ready, as a gateway would, until it is closed. */
public final class ReadinessWatch implements AutoCloseable {
  private static final long EVERY_MILLIS = 100;

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Set<String> answers = new ConcurrentSkipListSet<>();
  private final AtomicInteger asked = new AtomicInteger();

  /** Begins to ask. */
  public ReadinessWatch(HostProcess host) {
    var _ = timer.scheduleAtFixedRate(() -> ask(host), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void ask(HostProcess host) {
    try {
      answers.add(Integer.toString(host.health("ready")));
    } catch (IOException e) {
      answers.add(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    asked.incrementAndGet();
  }

  /** How often it has asked. */
  public int asked() {
    return asked.get();
  }

  /** All statuses that it was answered with, and what went wrong instead. */
  public Set<String> answers() {
    return Set.copyOf(answers);
  }

  /** Asks no more. */
  @Override
  public void close() {
    timer.close();
  }
}
