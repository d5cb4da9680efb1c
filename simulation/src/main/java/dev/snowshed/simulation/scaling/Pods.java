package dev.snowshed.simulation.scaling;

import dev.snowshed.simulation.fleet.Fleet;
import dev.snowshed.simulation.fleet.HostProcess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The pods of a service: brings as many as are asked for into being, and takes away what is too
 * much. Not safe for concurrent use.
 *
 * <pre>
 *   free ──▶ pending ──▶ running ──▶ leaving ──▶ free
 *               └────────────────────────────────▲
 * </pre>
 */
final class Pods {
  private static final long SECOND = 1_000_000_000;

  /** Until a pod is scheduled, its image is there and its container runs. */
  private static final long LEAST_PENDING_NANOS = 5 * SECOND;

  private static final long MOST_PENDING_NANOS = 20 * SECOND;

  private final Fleet fleet;
  private final SplittableRandom random;
  private final @Nullable Pod[] pods;
  private long created;

  /**
   * Pods of a fleet whose first hosts run.
   *
   * @param slots the most there can be
   * @param running how many there are
   */
  Pods(Fleet fleet, int slots, int running, SplittableRandom random) {
    this.fleet = fleet;
    this.random = random;
    this.pods = new Pod[slots];
    for (int host = 0; host < running; host++) {
      pods[host] = new Pod(created++, host, 0);
    }
  }

  /** One of them. */
  private static final class Pod {
    final long id;
    final int host;
    final long createdNanos;
    boolean leaving;
    boolean running = true;
    long readyNanos = Long.MAX_VALUE;

    Pod(long id, int host, long createdNanos) {
      this.id = id;
      this.host = host;
      this.createdNanos = createdNanos;
    }
  }

  /** How many are paid for: those that are on their way in and out too. */
  int paid() {
    int count = 0;
    for (Pod pod : pods) {
      count += pod == null ? 0 : 1;
    }
    return count;
  }

  /** Looks who is ready. To be called often. */
  void observe() {
    for (Pod pod : pods) {
      if (pod != null) {
        boolean ready = pod.running && !pod.leaving && fleet.isInRotation(pod.host);
        pod.readyNanos = ready ? Math.min(pod.readyNanos, fleet.now()) : Long.MAX_VALUE;
      }
    }
  }

  /** Brings their number to one, as far as there are slots. */
  void scale(int replicas) {
    List<Pod> staying = staying();
    for (int more = staying.size(); more < replicas; more++) {
      create();
    }
    staying.stream()
        .sorted(
            Comparator.comparingLong((Pod pod) -> -pod.readyNanos)
                .thenComparingLong(pod -> -pod.id))
        .limit(Math.max(0, staying.size() - replicas))
        .forEach(this::remove);
  }

  private List<Pod> staying() {
    List<Pod> staying = new ArrayList<>();
    for (Pod pod : pods) {
      if (pod != null && !pod.leaving) {
        staying.add(pod);
      }
    }
    return staying;
  }

  private void create() {
    for (int host = 0; host < pods.length; host++) {
      if (pods[host] == null) {
        Pod pod = new Pod(created++, host, fleet.now());
        pod.running = false;
        pods[host] = pod;
        long pending = random.nextLong(LEAST_PENDING_NANOS, MOST_PENDING_NANOS);
        fleet.at(fleet.now() + pending, () -> launch(pod));
        return;
      }
    }
  }

  private void launch(Pod pod) {
    if (!pod.leaving) {
      pod.running = true;
      fleet.launch(pod.host);
    }
  }

  /** Unready ones first, then the youngest, as a ReplicaSet does. */
  private void remove(Pod pod) {
    pod.leaving = true;
    if (pod.running) {
      fleet.remove(pod.host, () -> pods[pod.host] = null);
    } else {
      pods[pod.host] = null;
    }
  }

  /**
   * What a collector of metrics reads now.
   *
   * @param metrics of a process
   */
  Scrape scrape(BiFunction<HostProcess, Long, Scrape.Metrics> metrics) {
    List<Scrape.Pod> read = new ArrayList<>();
    for (Pod pod : staying()) {
      Optional<Scrape.Metrics> own =
          pod.running
              ? fleet
                  .process(pod.host)
                  .filter(HostProcess::isListening)
                  .map(process -> metrics.apply(process, fleet.now()))
              : Optional.empty();
      read.add(new Scrape.Pod(pod.id, pod.createdNanos, pod.readyNanos, own));
    }
    return new Scrape(fleet.now(), fleet.attempts(), fleet.answered(), read);
  }
}
