package dev.snowshed.core.traffic;

import dev.snowshed.core.admission.Criticality;
import dev.snowshed.core.admission.FunctionCounters;
import java.util.Map;

/**
 * What one function did in a stretch of time, as differences of its counters; times are in seconds.
 * Not safe for concurrent use.
 */
final class Part {
  private static final double SECOND = 1e9;

  final double[] offered = new double[Criticality.values().length];
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
    double good;
    double inflight;
    double busy;

    void add(AtLimit other) {
      seconds += other.seconds;
      good += other.good;
      inflight += other.inflight;
      busy += other.busy;
    }

    private void add(double moreSeconds, Part part, double moreBusy) {
      seconds += moreSeconds;
      good += part.good();
      inflight += part.inflight;
      busy += moreBusy;
    }
  }

  /** Those that came to their end. */
  double good() {
    return Math.max(0, ended - failed);
  }

  /** All tries. */
  double tries() {
    double sum = 0;
    for (double each : offered) {
      sum += each;
    }
    return sum;
  }

  /** Adds what lies between two readings. */
  void add(FunctionCounters before, FunctionCounters after) {
    for (Criticality criticality : Criticality.values()) {
      offered[criticality.ordinal()] += difference(before.offered(), after.offered(), criticality);
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
    for (int i = 0; i < offered.length; i++) {
      offered[i] += other.offered[i];
    }
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
