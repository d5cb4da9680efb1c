package dev.snowshed.runtime.traffic;

import dev.snowshed.core.traffic.TrafficModel;
import dev.snowshed.runtime.lifecycle.Beat;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Lets time pass for the traffic model and its meters, on a thread of its own: what the model
 * infers once a second must not keep admission waiting.
 */
@Singleton
public final class TrafficWatch {
  private static final Logger LOG = Logger.getLogger(TrafficWatch.class);
  private static final Duration TICK = Duration.ofMillis(50);
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  private final TrafficModel model;
  private final TrafficMeters meters;
  private final Beat beat =
      new Beat(
          "snowshed-traffic",
          TICK,
          this::tick,
          e -> LOG.error("The traffic model failed; it goes on all the same", e));

  /** The thread's own. */
  private long lookedAt = System.nanoTime() - LOOK_NANOS;

  TrafficWatch(TrafficModel model, TrafficMeters meters) {
    this.model = model;
    this.meters = meters;
  }

  void start(@Observes StartupEvent event) {
    beat.start();
  }

  @PreDestroy
  void stop() {
    beat.close();
  }

  private void tick(long nowNanos) {
    model.tick(nowNanos);
    if (nowNanos - lookedAt >= LOOK_NANOS) {
      lookedAt = nowNanos;
      meters.look();
    }
  }
}
