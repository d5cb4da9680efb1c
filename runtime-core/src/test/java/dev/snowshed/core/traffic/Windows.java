package dev.snowshed.core.traffic;

/** Windows of a second for tests. */
final class Windows {
  private static final long SECOND = 1_000_000_000;

  private Windows() {}

  /** One in which some requests ended that took so much of the processors each. */
  static Window of(int second, String function, double ended, double costSeconds, double inflight) {
    Window window = new Window(second * SECOND);
    window.add((second + 1) * SECOND, ended * costSeconds, 4);
    Part part = window.growing(function);
    part.ended = ended;
    part.run = ended * costSeconds;
    part.runSquares = ended * costSeconds * costSeconds * 2;
    part.inflight = inflight;
    window.run = part.run;
    return window;
  }
}
