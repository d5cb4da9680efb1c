package dev.snowshed.function;

/**
 * Thrown by a function to answer with a status of its choice. The caller gets an {@code
 * application/problem+json} body (RFC 9457) with the reason {@code function-problem} and this
 * exception's message as detail; nothing is logged as an error.
 */
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The HTTP status, between 400 and 599. */
  private final int status;

  /**
   * A problem.
   *
   * @param status the HTTP status, between 400 and 599
   * @param detail what went wrong, for the caller to read
   * @throws IllegalArgumentException if the status is not an error
   */
  public ProblemException(int status, String detail) {
    super(detail);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status must be between 400 and 599, was " + status);
    }
    this.status = status;
  }

  /** The HTTP status, between 400 and 599. */
  public int status() {
    return status;
  }
}
