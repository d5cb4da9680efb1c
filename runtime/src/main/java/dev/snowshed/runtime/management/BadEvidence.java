package dev.snowshed.runtime.management;

/** What was sent is not evidence; the message says where and why. */
final class BadEvidence extends Exception {
  private static final long serialVersionUID = 1;

  private final String pointer;

  /**
   * Something is wrong.
   *
   * @param pointer where: a JSON Pointer (RFC 6901); empty for the whole
   * @param problem what: it goes on where the pointer ends
   */
  BadEvidence(String pointer, String problem) {
    super((pointer.isEmpty() ? "The JSON" : pointer) + " " + problem);
    this.pointer = pointer;
  }

  /** Where it is wrong. */
  String pointer() {
    return pointer;
  }
}
