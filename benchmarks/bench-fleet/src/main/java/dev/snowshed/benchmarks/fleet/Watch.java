package dev.snowshed.benchmarks.fleet;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Looks ten times a second which hosts are in rotation, until it is closed. */
final class Watch implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 100;

  private final Fleet fleet;
  private final List<Sighting> sightings = new CopyOnWriteArrayList<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("watch").unstarted(this::run);

  Watch(Fleet fleet) {
    this.fleet = fleet;
    thread.start();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        sightings.add(Sighting.of(System.nanoTime(), fleet.states()));
        Thread.sleep(INTERVAL_MILLIS);
      }
    } catch (IOException | InterruptedException e) {
      // HAProxy has gone, or the watch is over.
    }
  }

  /** Ends, and tells what was seen. */
  List<Sighting> sightings() throws InterruptedException {
    thread.interrupt();
    thread.join();
    return List.copyOf(sightings);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
