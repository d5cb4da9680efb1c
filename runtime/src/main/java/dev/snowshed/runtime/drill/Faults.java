package dev.snowshed.runtime.drill;

import dev.snowshed.core.dependency.drill.Fault;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Faults as they are written: {@code error}, {@code delay:500ms}, {@code delay:2s}, {@code hang}.
 */
final class Faults {
  /** What a drill injects unless told otherwise. */
  static final List<Fault> DEFAULT =
      List.of(
          new Fault.Failure(),
          new Fault.Delay(TimeUnit.MILLISECONDS.toNanos(500)),
          new Fault.Hang());

  private static final Pattern DELAY = Pattern.compile("delay:(\\d{1,6})(ms|s)");
  private static final long MAX_DELAY_NANOS = TimeUnit.MINUTES.toNanos(10);

  private Faults() {}

  /**
   * Reads a fault.
   *
   * @throws IllegalArgumentException if it is none; the message tells those there are
   */
  static Fault parse(String text) {
    return switch (text) {
      case "error" -> new Fault.Failure();
      case "hang" -> new Fault.Hang();
      default -> delay(text);
    };
  }

  private static Fault delay(String text) {
    Matcher delay = DELAY.matcher(text);
    if (delay.matches()) {
      TimeUnit unit = delay.group(2).equals("s") ? TimeUnit.SECONDS : TimeUnit.MILLISECONDS;
      long nanos = unit.toNanos(Long.parseLong(delay.group(1)));
      if (nanos > 0 && nanos <= MAX_DELAY_NANOS) {
        return new Fault.Delay(nanos);
      }
    }
    throw new IllegalArgumentException(
        "a fault is error, hang or a delay such as delay:500ms, of up to 10 minutes, but this is '"
            + text
            + "'");
  }

  /** The fault as {@link #parse} reads it. */
  static String label(Fault fault) {
    return switch (fault) {
      case Fault.Failure _ -> "error";
      case Fault.Hang _ -> "hang";
      case Fault.Delay delay -> "delay:" + TimeUnit.NANOSECONDS.toMillis(delay.nanos()) + "ms";
    };
  }
}
