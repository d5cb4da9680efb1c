package dev.snowshed.core.traffic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What kept a function's requests back: the cause that had more of the seconds in which they were.
 * Immutable.
 *
 * @param latest of the newest of these seconds
 * @param overall of all
 * @param atKnee windows of the last stretch at the knee in which it held requests back longer than
 *     the processors did, oldest first
 * @param full windows among the newest in which the processors did
 */
record Held(Cause latest, Cause overall, List<Window> atKnee, List<Window> full) {
  private static final double LATEST_SECONDS = 20;
  private static final double LEAST_AT_KNEE = 5;

  /** Fewer seconds at the processors say nothing. */
  static final double LEAST_FULL = 3;

  enum Cause {
    PROCESSORS,
    KNEE,
    NONE
  }

  /**
   * What did.
   *
   * @param windows oldest first
   */
  static Held of(List<Window> windows, String function) {
    Latest latest = new Latest(function);
    Cause cause = Cause.NONE;
    int from = 0;
    int to = 0;
    for (int i = 0; i < windows.size(); i++) {
      latest.add(windows.get(i));
      Cause next = latest.cause();
      if (next == Cause.KNEE) {
        from = cause == Cause.KNEE ? from : i + 1 - latest.windows.size();
        to = i + 1;
      }
      cause = next;
    }
    return new Held(
        cause,
        overall(windows, function),
        windows.subList(from, to).stream()
            .filter(window -> isAtKnee(window.part(function)))
            .toList(),
        latest.windows.stream()
            .filter(window -> window.part(function).byProcessors.seconds > 0)
            .toList());
  }

  private static Cause overall(List<Window> windows, String function) {
    return cause(
        Window.sum(windows, window -> window.part(function).byProcessors.seconds),
        Window.sum(windows, window -> window.part(function).byKnee.seconds));
  }

  private static Cause cause(double processors, double knee) {
    if (processors < LEAST_FULL && knee < LEAST_AT_KNEE) {
      return Cause.NONE;
    }
    return processors >= knee ? Cause.PROCESSORS : Cause.KNEE;
  }

  private static boolean isAtKnee(Part part) {
    return part.byKnee.seconds > part.byProcessors.seconds;
  }

  /** The newest windows that have enough seconds at a limit. Not safe for concurrent use. */
  private static final class Latest {
    private final Deque<Window> windows = new ArrayDeque<>();
    private final String function;
    private double processors;
    private double knee;

    Latest(String function) {
      this.function = function;
    }

    void add(Window window) {
      windows.addLast(window);
      count(window, 1);
      while (processors + knee - seconds(windows.getFirst()) >= LATEST_SECONDS) {
        count(windows.removeFirst(), -1);
      }
    }

    private void count(Window window, int times) {
      processors += times * window.part(function).byProcessors.seconds;
      knee += times * window.part(function).byKnee.seconds;
    }

    private double seconds(Window window) {
      return window.part(function).byProcessors.seconds + window.part(function).byKnee.seconds;
    }

    Cause cause() {
      return Held.cause(processors, knee);
    }
  }
}
