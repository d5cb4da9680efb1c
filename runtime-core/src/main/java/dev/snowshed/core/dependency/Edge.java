package dev.snowshed.core.dependency;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a function's calls of one dependency have shown. Safe for concurrent use, without locks;
 * counters only grow.
 */
public final class Edge {
  static final int CALLS = 0;
  static final int FAILURES = 1;
  static final int REFUSED = 2;
  static final int CANCELLED = 3;
  static final int FALLBACKS = 4;
  static final int RETRIES = 5;
  static final int BUSY_NANOS = 6;
  static final int LATENCIES = 7;

  private final String dependency;
  private final int index;
  private final long bit;
  private final LongAdder[] counters = new LongAdder[LATENCIES];
  private final LatencyCounters latencies = new LatencyCounters();
  private final Tally live = new Tally();
  private final Tally drilled = new Tally();
  private final LongAdder[] together = new LongAdder[FunctionDependencies.MAX_NAMES];
  private volatile Declared declared = Declared.UNDECLARED;

  Edge(String dependency, int index) {
    this.dependency = dependency;
    this.index = index;
    this.bit = 1L << index;
    for (int i = 0; i < counters.length; i++) {
      counters[i] = new LongAdder();
    }
    for (int i = 0; i < together.length; i++) {
      together[i] = new LongAdder();
    }
  }

  /** The dependency's name. */
  public String dependency() {
    return dependency;
  }

  /** What its author says of it. */
  public Declared declared() {
    return declared;
  }

  void declare(Declared strength) {
    declared = strength;
  }

  int index() {
    return index;
  }

  long bit() {
    return bit;
  }

  Tally tally(boolean ofDrills) {
    return ofDrills ? drilled : live;
  }

  void count(int counter) {
    counters[counter].increment();
  }

  void ended(Outcome outcome, long latencyNanos) {
    counters[CALLS].increment();
    switch (outcome) {
      case OK -> took(latencyNanos);
      case FAILED, TIMED_OUT -> {
        counters[FAILURES].increment();
        took(latencyNanos);
      }
      case REFUSED -> counters[REFUSED].increment();
      case CANCELLED -> counters[CANCELLED].increment();
    }
  }

  private void took(long latencyNanos) {
    long nanos = Math.max(0, latencyNanos);
    counters[BUSY_NANOS].add(nanos);
    latencies.add(nanos);
  }

  /** It was in trouble in the same call as others, whose bits are given. */
  void together(long others) {
    for (long left = others; left != 0; left &= left - 1) {
      together[Long.numberOfTrailingZeros(left)].increment();
    }
  }

  /** The index of the dependency that was in trouble together with it most often; -1 if none. */
  int companion() {
    int most = -1;
    for (int i = 0; i < together.length; i++) {
      if (together(i) > (most < 0 ? 0 : together(most))) {
        most = i;
      }
    }
    return most;
  }

  long together(int other) {
    return together[other].sum();
  }

  long counter(int counter) {
    return counters[counter].sum();
  }

  LatencyCounters latencies() {
    return latencies;
  }
}
