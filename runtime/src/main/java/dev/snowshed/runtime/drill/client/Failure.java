package dev.snowshed.runtime.drill.client;

/** The drill could not be run; the message tells why. */
final class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  Failure(String message) {
    super(message);
  }
}
