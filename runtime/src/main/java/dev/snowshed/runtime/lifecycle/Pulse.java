package dev.snowshed.runtime.lifecycle;

import dev.snowshed.core.lifecycle.Lifecycle;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Drives the host's life: measures and ticks every {@link #TICK}, on a thread of its own, apart
 * from the one that ticks admission, because looking at the stacks of stuck threads may take a
 * while. Safe for concurrent use.
 */
public final class Pulse implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Pulse.class);

  private static final Duration TICK = Duration.ofMillis(250);

  private final Lifecycle lifecycle;
  private final VitalSigns vitals;
  private final StartUp startUp;
  private final Beat beat =
      new Beat(
          "snowshed-life",
          TICK,
          this::tick,
          e -> LOG.error("Measuring how the host is failed; it is tried again", e));

  /**
   * A pulse that does not beat yet.
   *
   * @param lifecycle is ticked
   * @param vitals with these
   * @param startUp is helped on
   */
  public Pulse(Lifecycle lifecycle, VitalSigns vitals, StartUp startUp) {
    this.lifecycle = lifecycle;
    this.vitals = vitals;
    this.startUp = startUp;
  }

  /** Starts the thread. */
  public void start() {
    beat.start();
  }

  /** Has the thread end. */
  @Override
  public void close() {
    beat.close();
  }

  private void tick(long nowNanos) {
    startUp.advance();
    lifecycle.tick(vitals.take(nowNanos), nowNanos);
  }
}
