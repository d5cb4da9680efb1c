package dev.snowshed.core.lifecycle;

import java.time.Duration;

/**
 * From which figures on something is the matter. It is over when the figure has been below half of
 * its threshold for {@link LifecycleSettings#recovery}.
 *
 * @param refusedShare refused over offered calls: {@link Cause.Kind#SHEDDING}; above 0, at most 1
 * @param stuckPerProcessor stuck calls for each processor: {@link Cause.Kind#STUCK_THREADS}; above
 *     0
 * @param startDelay {@link Cause.Kind#WEDGED_RUN_QUEUE}; above 0
 * @param loopDelay {@link Cause.Kind#WEDGED_EVENT_LOOP}; above 0
 * @param gcShare together with {@code heapAfterGc}: {@link Cause.Kind#MEMORY_SPIRAL}; above 0, at
 *     most 1
 * @param heapAfterGc see {@code gcShare}
 * @param lateShare calls that end late or never, over all that end, while the processors are busy
 *     and more than half of {@code refusedShare} is refused: {@link Cause.Kind#COLLAPSED_GOODPUT};
 *     above 0, at most 1
 * @param busyShare processor use that counts as busy; so does half of {@code startDelay}; above 0,
 *     at most 1
 */
public record Thresholds(
    double refusedShare,
    double stuckPerProcessor,
    Duration startDelay,
    Duration loopDelay,
    double gcShare,
    double heapAfterGc,
    double lateShare,
    double busyShare) {

  /** For production. */
  public static final Thresholds DEFAULTS =
      new Thresholds(0.05, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), 0.5, 0.85, 0.7, 0.8);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Thresholds {
    Ranges.positiveShare("refusedShare", refusedShare);
    Ranges.positive("stuckPerProcessor", stuckPerProcessor);
    Ranges.positive("startDelay", startDelay);
    Ranges.positive("loopDelay", loopDelay);
    Ranges.positiveShare("gcShare", gcShare);
    Ranges.positiveShare("heapAfterGc", heapAfterGc);
    Ranges.positiveShare("lateShare", lateShare);
    Ranges.positiveShare("busyShare", busyShare);
  }
}
