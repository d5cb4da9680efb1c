package dev.snowshed.core.lifecycle;

/**
 * Says whether the fleet can do without this host. Answers at once, from what it knows already.
 * Asked by one thread at a time.
 */
public interface FleetBudget {

  /** Whether a host may leave the rotation. */
  sealed interface Answer {}

  /** It may. */
  record Granted() implements Answer {}

  /**
   * It may not, since too few would be left.
   *
   * @param reason a sentence for people
   */
  record Denied(String reason) implements Answer {}

  /**
   * It may not, since not enough is known of the fleet.
   *
   * @param reason a sentence for people
   */
  record Unknown(String reason) implements Answer {}

  /** Whether the host may leave. The first time this tells the fleet that it wants to. */
  Answer mayLeave(long nowNanos);

  /** Whether the host, which has left, is needed all the same: the fleet has become too small. */
  boolean mustReturn(long nowNanos);

  /** What to tell the others. */
  default Tickets tickets() {
    return Tickets.NONE;
  }

  /** Another host has told of its ticket. */
  default void heard(long ticket) {}

  /** The host is back, or does not want to leave any more. */
  void released(long nowNanos);

  /** The budget of a host that knows of no other: it never leaves. */
  static FleetBudget alone() {
    return new Alone();
  }
}
