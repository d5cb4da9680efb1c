package dev.snowshed.core.admission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What an admitted request holds until it has finished. The first {@link #end} counts, every later
 * one does nothing. Safe for concurrent use; wait-free.
 */
public final class Permit {

  /** How an admitted request ended. */
  public enum Outcome {
    /** It ran to its end: its latency says something about the host. */
    SUCCESS,
    /**
     * It ended without having done its work, such as by a client's error: its latency says nothing.
     */
    IGNORE,
    /** It missed its deadline, or was abandoned: a sign of overload. */
    DROPPED
  }

  private static final VarHandle ENDED;

  static {
    try {
      ENDED = MethodHandles.lookup().findVarHandle(Permit.class, "ended", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ConcurrencyBound gate;

  /** Written only through {@link #ENDED}. */
  @SuppressWarnings("UnusedVariable")
  private boolean ended;

  Permit(ConcurrencyBound gate) {
    this.gate = gate;
  }

  /**
   * Gives the permit back.
   *
   * @param outcome how the request ended
   * @return whether this call ended it, false if it had ended before
   */
  public boolean end(Outcome outcome) {
    if (!ENDED.compareAndSet(this, false, true)) {
      return false;
    }
    gate.release(outcome);
    return true;
  }
}
