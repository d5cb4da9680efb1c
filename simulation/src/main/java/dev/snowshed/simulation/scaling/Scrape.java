package dev.snowshed.simulation.scaling;

import dev.snowshed.core.traffic.Bottleneck;
import java.util.List;
import java.util.Optional;

/**
 * What a collector of metrics reads at one moment. Counters are cumulative. Immutable.
 *
 * @param atNanos when
 * @param requests that have come to the gateway, whatever became of them
 * @param answered those of them that were answered, refusals and failures left out
 * @param pods those that exist
 */
record Scrape(long atNanos, long requests, long answered, List<Pod> pods) {

  Scrape {
    pods = List.copyOf(pods);
  }

  /** How many pods the gateway sends traffic to. */
  int ready() {
    return (int) pods.stream().filter(Pod::isReady).count();
  }

  /** A pod with an identity, if it exists and is listening. */
  Optional<Pod> pod(long id) {
    return pods.stream().filter(pod -> pod.id() == id && pod.metrics().isPresent()).findFirst();
  }

  /**
   * A pod.
   *
   * @param id never used again
   * @param createdNanos when it was asked for
   * @param readyNanos since when the gateway sends traffic to it; {@link Long#MAX_VALUE} if it does
   *     not
   * @param metrics what its process tells; empty if it does not listen
   */
  record Pod(long id, long createdNanos, long readyNanos, Optional<Metrics> metrics) {
    boolean isReady() {
      return readyNanos < Long.MAX_VALUE;
    }
  }

  /**
   * What a process tells of itself.
   *
   * @param offered requests that came to it, the refused ones included
   * @param retries those of them that say that they are retries
   * @param refused those that it refused
   * @param busyNanos processor time
   * @param underWayNanos requests in it, waiting or running, integrated over time
   * @param limit how many may be in flight
   * @param weight which share of a healthy host's traffic it asks for, 0 to 1
   * @param capacity what its traffic model says
   */
  record Metrics(
      long offered,
      long retries,
      long refused,
      long busyNanos,
      double underWayNanos,
      int limit,
      double weight,
      Capacity capacity) {}

  /**
   * What an instance carries, as its own model says.
   *
   * @param safeThroughput requests per second; NaN if that is not known
   * @param costHostSeconds share of an instance that one request per second takes; NaN if that is
   *     not known
   * @param bottleneck what ends it
   */
  record Capacity(double safeThroughput, double costHostSeconds, Bottleneck bottleneck) {
    static final Capacity UNKNOWN = new Capacity(Double.NaN, Double.NaN, Bottleneck.UNKNOWN);
  }
}
