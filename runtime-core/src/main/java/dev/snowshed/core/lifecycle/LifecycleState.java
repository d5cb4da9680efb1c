package dev.snowshed.core.lifecycle;

import java.util.Set;

/**
 * Where a host is in its life.
 *
 * <pre>
 *                                            ┌──────── relapse ────────┐
 *                                            ▼                         │
 * STARTING ──▶ WARMING ──▶ READY ◀────▶ STRAINED ──▶ EJECTED ──▶ RECOVERING
 *                            ▲                                         │
 *                            └─────────────── healthy ─────────────────┘
 *
 * each of these ──▶ DRAINING ──▶ STOPPED
 * </pre>
 *
 * There are no other edges.
 */
public enum LifecycleState {
  /** Functions are being loaded. */
  STARTING(false),
  /** Functions are being called for the first time. */
  WARMING(false),
  /** In rotation, and well. */
  READY(true),
  /** In rotation with a lower weight: it sheds, or is ill and may soon leave. */
  STRAINED(true),
  /** Out of rotation for a local cause, until that is gone or the fleet needs the host. */
  EJECTED(false),
  /** Back in rotation, with a weight that grows. */
  RECOVERING(true),
  /** Leaves for good: refuses new work, finishes the old. */
  DRAINING(false),
  /** Ended. */
  STOPPED(false);

  private final boolean ready;

  LifecycleState(boolean ready) {
    this.ready = ready;
  }

  /** Whether the host is in rotation. */
  public boolean isReady() {
    return ready;
  }

  /** Whether the host leaves for good, or has left. */
  public boolean isLeaving() {
    return this == DRAINING || this == STOPPED;
  }

  /** The states that may come next. */
  Set<LifecycleState> next() {
    return switch (this) {
      case STARTING -> Set.of(WARMING, DRAINING);
      case WARMING -> Set.of(READY, DRAINING);
      case READY -> Set.of(STRAINED, DRAINING);
      case STRAINED -> Set.of(READY, EJECTED, DRAINING);
      case EJECTED -> Set.of(RECOVERING, DRAINING);
      case RECOVERING -> Set.of(READY, STRAINED, DRAINING);
      case DRAINING -> Set.of(STOPPED);
      case STOPPED -> Set.of();
    };
  }
}
