package dev.snowshed.core.admission;

import java.time.Duration;
import java.util.Objects;

/** The gate's answer to one request. */
public sealed interface Admission {

  /**
   * The request may run.
   *
   * @param permit what it holds until it has finished
   */
  record Admitted(Permit permit) implements Admission {
    /** Checks that there is a permit. */
    public Admitted {
      Objects.requireNonNull(permit, "permit");
    }
  }

  /**
   * The request is refused.
   *
   * @param reason why
   * @param retryAfter when another try may do better; positive
   */
  record Rejected(Reason reason, Duration retryAfter) implements Admission {
    /** Checks that nothing is null. */
    public Rejected {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(retryAfter, "retryAfter");
    }
  }

  /** Why a request is refused. */
  enum Reason {
    /** As many requests are in flight as the limit allows. */
    LIMIT,
    /** The gate is closed for good: the host drains. */
    DRAINING
  }
}
