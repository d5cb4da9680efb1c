package dev.snowshed.core.traffic;

import dev.snowshed.core.admission.Criticality;
import dev.snowshed.core.admission.FunctionCounters;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one function did in a stretch of time, as differences of its counters; times are in seconds.
 * Not safe for concurrent use.
 */
final class Part {
  private static final double SECOND = 1e9;

  final Map<Criticality, Double> offered = new EnumMap<>(Criticality.class);
  double refused;
  double retries;
  double ended;
  double failed;
  double run;
  double runSquares;
  double downstream;
  double inflight;

  /** While it was kept back, and by the processors. */
  final AtLimit byProcessors = new AtLimit();

  /** While it was kept back by its own limit, held at a knee. */
  final AtLimit byKnee = new AtLimit();

  /** What happened at a limit. */
  static final class AtLimit {
    double seconds;
    double ended;
    double inflight;
    double busy;

    void add(AtLimit other) {
      seconds += other.seconds;
      ended += other.ended;
      inflight += other.inflight;
      busy += other.busy;
    }

    private void add(double moreSeconds, Part part, double moreBusy) {
      seconds += moreSeconds;
      ended += part.ended;
      inflight += part.inflight;
      busy += moreBusy;
    }
  }

  /** All tries. */
  double tries() {
    double sum = 0;
    for (double each : offered.values()) {
      sum += each;
    }
    return sum;
  }

  /** Adds what lies between two readings. */
  void add(FunctionCounters before, FunctionCounters after) {
    for (Criticality criticality : Criticality.values()) {
      offered.merge(
          criticality, difference(before.offered(), after.offered(), criticality), Double::sum);
      refused += difference(before.refused(), after.refused(), criticality);
    }
    retries += after.retries() - before.retries();
    ended += after.ended() - before.ended();
    failed += after.failed() - before.failed();
    run += (after.runNanos() - before.runNanos()) / SECOND;
    runSquares += (after.runSquareNanos() - before.runSquareNanos()) / (SECOND * SECOND);
    downstream += (after.downstreamNanos() - before.downstreamNanos()) / SECOND;
    inflight += (after.inflightNanos() - before.inflightNanos()) / SECOND;
  }

  /** Adds what happened in a stretch in which requests were kept back throughout. */
  void addAtLimit(Part slot, double seconds, double busy, boolean processors) {
    (processors ? byProcessors : byKnee).add(seconds, slot, busy);
  }

  /** Adds another stretch. */
  void add(Part other) {
    other.offered.forEach((criticality, count) -> offered.merge(criticality, count, Double::sum));
    refused += other.refused;
    retries += other.retries;
    ended += other.ended;
    failed += other.failed;
    run += other.run;
    runSquares += other.runSquares;
    downstream += other.downstream;
    inflight += other.inflight;
    byProcessors.add(other.byProcessors);
    byKnee.add(other.byKnee);
  }

  private static double difference(
      Map<Criticality, Long> before, Map<Criticality, Long> after, Criticality criticality) {
    return (double) (after.getOrDefault(criticality, 0L) - before.getOrDefault(criticality, 0L));
  }
}
