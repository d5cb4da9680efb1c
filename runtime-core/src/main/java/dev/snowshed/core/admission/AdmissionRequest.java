package dev.snowshed.core.admission;

/**
 * What asks to be admitted: the host's own call object, so that asking allocates nothing.
 *
 * <p>The two callbacks are for requests that were queued, of which exactly one is called exactly
 * once, unless the ticket was cancelled before. They run on whichever thread freed the place, hold
 * no lock, must not block, and must not throw.
 */
public interface AdmissionRequest {
  /** By when it must be done, on the clock of the controller's callers. */
  long deadlineNanos();

  /** How much it matters; {@link Criticality#CRITICAL} unless it says otherwise. */
  default Criticality criticality() {
    return Criticality.CRITICAL;
  }

  /** On whose behalf; empty if nobody said. */
  default String tenant() {
    return "";
  }

  /** Whether it is a repetition of a request that failed. */
  default boolean isRetry() {
    return false;
  }

  /** The announced length of its body; 0 if there is none or it is unknown. */
  default long bodyBytes() {
    return 0;
  }

  /**
   * It may run now.
   *
   * @param permit what it holds until it has finished
   */
  void admitted(Permit permit);

  /** It has been refused while it waited. */
  void rejected(Rejection rejection);
}
