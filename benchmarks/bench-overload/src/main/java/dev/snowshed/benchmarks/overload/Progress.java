package dev.snowshed.benchmarks.overload;

import dev.snowshed.benchmarks.load.Outcome;
import dev.snowshed.benchmarks.load.Tally;

/** Tells what is going on. */
final class Progress {
  private Progress() {}

  static void say(String text) {
    System.out.println(text);
  }

  static void say(Phase phase) {
    Tally tally = phase.tally();
    System.out.printf(
        "  %5sx %8.0f/s offered %8.0f/s good  p99 %6.1f ms  refused %d (p99 %.1f ms)  late %d"
            + "  failed %d  unsent %d  generator late %.1f ms%s%n",
        Report.factor(phase.factor()),
        phase.ratePerSecond(),
        phase.goodputPerSecond(),
        tally.goodMillis(99),
        tally.count(Outcome.REFUSED),
        tally.refusedMillis(99),
        tally.count(Outcome.LATE),
        tally.count(Outcome.FAILED),
        tally.count(Outcome.UNSENT),
        tally.latenessMillis(99),
        Report.mark(phase));
  }
}
