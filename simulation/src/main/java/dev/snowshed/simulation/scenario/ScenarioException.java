package dev.snowshed.simulation.scenario;

/**
 * A scenario file cannot be read or says something wrong; the message says what, and in which line.
 */
public final class ScenarioException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScenarioException(String message) {
    super(message);
  }
}
