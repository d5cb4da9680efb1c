package dev.snowshed.runtime.drill;

/** A drill cannot be begun. Without a stack trace: it is an answer and no accident. */
final class DrillProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  /**
   * A drill that cannot be begun.
   *
   * @param status the HTTP status that says so
   * @param reason its stable name
   * @param detail for people
   */
  DrillProblem(int status, String reason, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.reason = reason;
  }

  int status() {
    return status;
  }

  String reason() {
    return reason;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
