package dev.snowshed.benchmarks.fleet;

import dev.snowshed.benchmarks.load.LoadRun.Ended;
import dev.snowshed.benchmarks.load.Outcome;
import java.util.Locale;

/** What became of a request, as the one who sent it to a fleet sees it. */
enum Fate {
  /** Answered with 200 within the deadline. */
  GOOD,
  /** Answered with 429 or 503 within the deadline: it was not done, and may be sent again. */
  REFUSED,
  /** Answered after the deadline, or by 504: nobody had the time. */
  LATE,
  /** Any other answer, a connection that broke, or no answer a quarter of a second after that. */
  LOST;

  private static final int GATEWAY_TIMEOUT = 504;

  static Fate of(Ended request) {
    return switch (request.outcome()) {
      case GOOD -> GOOD;
      case REFUSED -> REFUSED;
      case LATE -> request.status() == Outcome.NO_ANSWER ? LOST : LATE;
      case FAILED -> request.status() == GATEWAY_TIMEOUT ? LATE : LOST;
      case UNSENT -> LOST;
    };
  }

  /** Its name in the JSON. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
