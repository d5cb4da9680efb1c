package dev.snowshed.core.admission;

import java.time.Duration;
import java.util.Objects;

/**
 * A request is refused.
 *
 * @param reason why
 * @param retryAfter when another try may do better; positive, and spread over clients by chance
 */
public record Rejection(Reason reason, Duration retryAfter) implements Admission {

  /** Checks that nothing is null. */
  public Rejection {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(retryAfter, "retryAfter");
  }

  /** Why a request is refused. */
  public enum Reason {
    /** As many run and wait as may: waiting longer would do nobody good. */
    QUEUE_FULL,
    /** It waited, and gave its place to a newer one or one that matters more. */
    DISPLACED,
    /** It waited until its deadline could no longer be met, or could not be met from the start. */
    DEADLINE,
    /** Its tenant has more than its share while others wait. */
    TENANT_SHARE,
    /** It is a retry while the host sheds, and retries have more than their share. */
    RETRY_BUDGET,
    /** Memory is short. */
    MEMORY,
    /** The host drains. */
    DRAINING;

    /** Whether there would have been no refusal had more been allowed to run at once. */
    boolean isForRoom() {
      return this != MEMORY && this != DRAINING;
    }
  }
}
