package dev.snowshed.benchmarks.overload;

import dev.snowshed.benchmarks.load.Outcome;
import dev.snowshed.benchmarks.load.Tally;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a target did under one load. Immutable.
 *
 * @param factor the offered rate as a multiple of the target's capacity; of a trace, its peak
 * @param ratePerSecond what was to be offered, on average
 * @param capped whether the factor asked for more than the generator can offer
 * @param seconds that count
 * @param tally what became of the requests
 * @param cpuMicros the target's CPU time meanwhile
 * @param elsewhere share of the machine that others used meanwhile, 0 to 1
 */
record Phase(
    double factor,
    double ratePerSecond,
    boolean capped,
    double seconds,
    Tally tally,
    long cpuMicros,
    double elsewhere) {

  /** A generator that is later than this in one of a hundred requests measures itself. */
  static final double MOST_LATENESS_MILLIS = 5;

  /** Fewer refusals than this cannot be told from noise in the CPU time. */
  private static final long FEWEST_REFUSALS = 200;

  /** The share of the machine that others may use before a phase is in doubt. */
  private static final double MOST_ELSEWHERE = 0.1;

  /** Whether others used the machine so much that a figure may be theirs. */
  boolean disturbed() {
    return elsewhere > MOST_ELSEWHERE;
  }

  /** Whether the generator kept its schedule. */
  boolean valid() {
    return tally.latenessMillis(99) <= MOST_LATENESS_MILLIS;
  }

  /**
   * Good answers per second: those that came in the phase, or those whose request was due in it if
   * they are fewer. So neither a queue that it leaves behind counts, nor one that it found.
   */
  double goodputPerSecond() {
    return Math.min(tally.goodAnswers(), tally.count(Outcome.GOOD)) / seconds;
  }

  /** The target's CPU time per request served; endless if it served none. */
  double cpuMicrosPerServed() {
    return (double) cpuMicros / tally.served();
  }

  /** Whether hardly anything but served requests can have used CPU time. */
  boolean servedOnly() {
    return tally.served() >= 0.99 * tally.offered();
  }

  /** How many requests were refused. */
  long refusals() {
    return tally.count(Outcome.REFUSED);
  }

  /**
   * The target's CPU time per refusal, from what differs between this phase and one with fewer. NaN
   * if that is too little to tell.
   *
   * @param fewer the other phase
   * @param microsPerServed CPU time of a served request, without overload
   */
  double cpuMicrosPerRefusal(Phase fewer, double microsPerServed) {
    double refusals = refusals() / seconds - fewer.refusals() / fewer.seconds;
    double served = tally.served() / seconds - fewer.tally.served() / fewer.seconds;
    double micros = cpuMicros / seconds - fewer.cpuMicros / fewer.seconds;
    return refusals * seconds < FEWEST_REFUSALS
        ? Double.NaN
        : (micros - served * microsPerServed) / refusals;
  }

  /** All its figures, as {@link Options#HELP} describes them. */
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("factor", factor);
    figures.put("ratePerSecond", ratePerSecond);
    figures.put("capped", capped);
    figures.put("valid", valid());
    figures.put("seconds", seconds);
    figures.put("offered", tally.offered());
    for (Outcome outcome : Outcome.values()) {
      figures.put(outcome.key(), tally.count(outcome));
    }
    figures.put("served", tally.served());
    figures.put("goodputPerSecond", goodputPerSecond());
    figures.put("p50Millis", tally.goodMillis(50));
    figures.put("p99Millis", tally.goodMillis(99));
    figures.put("refusedP99Millis", tally.refusedMillis(99));
    figures.put("latenessP99Millis", tally.latenessMillis(99));
    figures.put("cpuMicros", cpuMicros);
    figures.put("elsewhere", elsewhere);
    figures.put("goodBySecond", tally.goodBySecond());
    return figures;
  }
}
