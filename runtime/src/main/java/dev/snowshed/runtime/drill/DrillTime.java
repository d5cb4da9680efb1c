package dev.snowshed.runtime.drill;

import dev.snowshed.core.dependency.drill.Fault;
import dev.snowshed.core.dependency.drill.Treatment;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long a drill may take, unless its order says so. */
final class DrillTime {
  /** Of a drill of which is not known what it will do. */
  static final int LEAST_SECONDS = 120;

  static final int MOST_SECONDS = 3600;

  /** What the host does beside the drill makes its calls longer. */
  private static final double MARGIN = 2;

  private DrillTime() {}

  /**
   * As much as all its calls need if each hang lasts as long as the function may, and as much
   * again.
   *
   * @param treatments one for each call to come
   * @param atOnce how many calls are made at a time
   * @param budget how long a call of the function may take
   * @param usual how long one takes from which nothing is taken
   * @return from {@link #LEAST_SECONDS} to {@link #MOST_SECONDS}
   */
  static int seconds(List<Treatment> treatments, int atOnce, Duration budget, Duration usual) {
    double nanos =
        treatments.stream().mapToDouble(each -> nanos(each.fault(), budget, usual)).sum();
    double seconds = Math.ceil(MARGIN * nanos / atOnce / 1e9);
    return (int) Math.clamp(seconds, LEAST_SECONDS, MOST_SECONDS);
  }

  private static double nanos(@Nullable Fault fault, Duration budget, Duration usual) {
    double most = (double) budget.toNanos();
    double least = (double) usual.toNanos();
    return switch (fault) {
      case Fault.Hang _ -> most;
      case Fault.Delay delay -> Math.min(most, least + (double) delay.nanos());
      case Fault.Failure _ -> least;
      case null -> least;
    };
  }
}
