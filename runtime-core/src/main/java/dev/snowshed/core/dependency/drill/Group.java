package dev.snowshed.core.dependency.drill;

import dev.snowshed.core.dependency.Failures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What became of the calls that got the same treatment. Guarded by {@link DrillAnalysis}. */
final class Group {
  private final List<Long> latencies = new ArrayList<>();
  private long failed;
  private long lateOrFailed;
  private long notCalled;

  void add(boolean isFailed, boolean isLateOrFailed, long latencyNanos) {
    latencies.add(latencyNanos);
    failed += isFailed ? 1 : 0;
    lateOrFailed += isLateOrFailed ? 1 : 0;
  }

  void missed() {
    notCalled++;
  }

  Failures failures() {
    return new Failures(failed, latencies.size());
  }

  Failures lateOrFailed() {
    return new Failures(lateOrFailed, latencies.size());
  }

  long notCalled() {
    return notCalled;
  }

  long quantileNanos(double share) {
    if (latencies.isEmpty()) {
      return 0;
    }
    Collections.sort(latencies);
    int rank = (int) Math.ceil(share * latencies.size());
    return latencies.get(Math.max(1, rank) - 1);
  }
}
