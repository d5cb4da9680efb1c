package dev.snowshed.simulation.scaling;

import dev.snowshed.core.traffic.Bottleneck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Makes scrapes of pods that are all alike and were ready from the start. */
final class Scrapes {
  private static final long SECOND = 1_000_000_000;
  private static final int LIMIT = 20;

  private Scrapes() {}

  static Scrape.Metrics metrics(double busySeconds, double underWaySeconds) {
    return metrics(busySeconds, underWaySeconds, 0, 0, Scrape.Capacity.UNKNOWN);
  }

  static Scrape.Metrics metrics(
      double busySeconds,
      double underWaySeconds,
      long offered,
      long retries,
      Scrape.Capacity capacity) {
    return new Scrape.Metrics(
        offered,
        retries,
        0,
        Math.round(busySeconds * SECOND),
        underWaySeconds * SECOND,
        LIMIT,
        1,
        capacity);
  }

  static Scrape.Metrics refusing(
      double busySeconds, long offered, long refused, Scrape.Capacity capacity) {
    return new Scrape.Metrics(
        offered, 0, refused, Math.round(busySeconds * SECOND), 0, LIMIT, 1, capacity);
  }

  /** All requests are answered. */
  static Scrape of(double atSeconds, long requests, int pods, Scrape.Metrics each) {
    return of(atSeconds, requests, requests, pods, each);
  }

  static Scrape of(double atSeconds, long requests, long answered, int pods, Scrape.Metrics each) {
    return new Scrape(
        Math.round(atSeconds * SECOND),
        requests,
        answered,
        LongStream.range(0, pods).mapToObj(id -> pod(id, 0, each)).toList());
  }

  static Scrape with(Scrape scrape, Scrape.Pod more) {
    List<Scrape.Pod> pods = new ArrayList<>(scrape.pods());
    pods.add(more);
    return new Scrape(scrape.atNanos(), scrape.requests(), scrape.answered(), pods);
  }

  static Scrape.Pod pod(long id, long readyNanos, Scrape.Metrics metrics) {
    return new Scrape.Pod(id, 0, readyNanos, Optional.of(metrics));
  }

  static Scrape.Capacity carries(double perSecond, double cost, Bottleneck bottleneck) {
    return new Scrape.Capacity(perSecond, cost, bottleneck);
  }
}
