package dev.snowshed.runtime.management;

import dev.snowshed.core.dependency.CallRecord;
import dev.snowshed.core.dependency.DependencySettings;
import dev.snowshed.core.dependency.FunctionDependencies;
import dev.snowshed.core.dependency.Outcome;
import java.time.Duration;

/** Makes statistics of functions that call dependencies. Its clock moves by 1 ms a call. */
final class Leaning {
  private static final long CALL_NANOS = 1_000_000;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final FunctionDependencies statistics;
  private long nowNanos = 1;

  Leaning(String function, String source) {
    statistics =
        new FunctionDependencies(function, new DependencySettings(source, Duration.ofSeconds(1)));
  }

  /** Some calls of the function, each with one of a dependency. */
  Leaning call(int times, String dependency, boolean dependencyFails, boolean functionFails) {
    for (int i = 0; i < times; i++) {
      nowNanos += CALL_NANOS;
      CallRecord call = statistics.begin(nowNanos);
      call.ended(
          statistics.edge(dependency),
          dependencyFails ? Outcome.FAILED : Outcome.OK,
          CALL_NANOS / 2);
      call.finish(functionFails, CALL_NANOS, nowNanos);
    }
    return this;
  }

  /** Some minutes, in each of which ten calls succeed and ten fail with the dependency. */
  Leaning failInSome(int minutes, String dependency) {
    for (int i = 0; i < minutes; i++) {
      call(10, dependency, false, false).call(10, dependency, true, true);
      nowNanos += MINUTE_NANOS;
    }
    return this;
  }

  FunctionDependencies statistics() {
    return statistics;
  }

  long nowNanos() {
    return nowNanos;
  }
}
