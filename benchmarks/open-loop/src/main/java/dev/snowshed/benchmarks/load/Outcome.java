package dev.snowshed.benchmarks.load;

import java.util.Locale;

/** What became of a request, as its client sees it. */
public enum Outcome {
  /** Answered with 200 within the deadline. */
  GOOD,
  /** Answered with 429 or 503 within the deadline. */
  REFUSED,
  /** Answered after the deadline, whatever the status, or not at all while the client waited. */
  LATE,
  /** Answered with another status, or the connection broke or could not be opened. */
  FAILED,
  /**
   * Never sent: as many connections as allowed were waiting for answers, or the generator was later
   * than a client would wait.
   */
  UNSENT;

  /** In place of a status: no answer while the client waited. */
  public static final int NO_ANSWER = -1;

  /** In place of a status: the connection broke or could not be opened. */
  static final int BROKEN = -2;

  /** In place of a status: there was no connection left, or no time. */
  static final int NO_CONNECTION = -3;

  /**
   * Classifies.
   *
   * @param status of the answer, or what stands in its place
   * @param latencyNanos since the request was due
   * @param deadlineNanos what that may be
   */
  static Outcome of(int status, long latencyNanos, long deadlineNanos) {
    if (status == NO_CONNECTION) {
      return UNSENT;
    }
    if (status == BROKEN) {
      return FAILED;
    }
    if (status == NO_ANSWER || latencyNanos > deadlineNanos) {
      return LATE;
    }
    return switch (status) {
      case 200 -> GOOD;
      case 429, 503 -> REFUSED;
      default -> FAILED;
    };
  }

  /** Its name in the JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
