package dev.snowshed.runtime.drill.client;

/** The command was given what it cannot work with; the message tells how to mend it. */
final class Misuse extends Exception {
  private static final long serialVersionUID = 1L;

  Misuse(String message) {
    super(message);
  }
}
