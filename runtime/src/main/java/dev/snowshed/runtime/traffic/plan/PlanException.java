package dev.snowshed.runtime.traffic.plan;

/** There is no plan; the message tells why, and how to mend it. */
final class PlanException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean misuse;

  private PlanException(String message, boolean misuse) {
    super(message);
    this.misuse = misuse;
  }

  /** The command was called wrongly. */
  static PlanException misuse(String message) {
    return new PlanException(message, true);
  }

  /** What the plan needs is not known. */
  static PlanException unknown(String message) {
    return new PlanException(message, false);
  }

  /** Of the process: 2 for misuse, else 1. */
  int exitCode() {
    return misuse ? 2 : 1;
  }
}
