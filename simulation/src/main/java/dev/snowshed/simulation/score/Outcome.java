package dev.snowshed.simulation.score;

import java.util.List;

/** What one run came to. Immutable; safe for concurrent use. */
public final class Outcome {
  private final List<OfFunction> functions;
  private final int[] goodByBin;
  private final int[] attemptsByBin;
  private final int[] callsByBin;
  private final long calmAttempts;
  private final long calmRejections;

  Outcome(
      List<OfFunction> functions,
      int[] goodByBin,
      int[] attemptsByBin,
      int[] callsByBin,
      long calmAttempts,
      long calmRejections) {
    this.functions = List.copyOf(functions);
    this.goodByBin = goodByBin.clone();
    this.attemptsByBin = attemptsByBin.clone();
    this.callsByBin = callsByBin.clone();
    this.calmAttempts = calmAttempts;
    this.calmRejections = calmRejections;
  }

  /**
   * The scored part of one function.
   *
   * @param scored whether it counts
   * @param good useful completions
   * @param calls new requests of clients
   * @param attempts those and their retries
   * @param rejections attempts that arrived in the scored part and were refused, then or later
   * @param p50Nanos median from arrival to completion of what was let in; NaN if nothing completed
   * @param p99Nanos 99 of 100 were faster
   * @param unloadedP99Nanos the same on an idle host, of all attempts
   */
  public record OfFunction(
      boolean scored,
      long good,
      long calls,
      long attempts,
      long rejections,
      double p50Nanos,
      double p99Nanos,
      double unloadedP99Nanos) {

    /** The share of the attempts that was refused; NaN if there were none. */
    double rejectedShare() {
      return (double) rejections / attempts;
    }
  }

  /** By the functions' index. */
  public List<OfFunction> functions() {
    return functions;
  }

  /** Useful completions of the scored functions in the scored part. */
  public long good() {
    return functions.stream().filter(OfFunction::scored).mapToLong(OfFunction::good).sum();
  }

  /** Useful completions of the scored functions from one bin up to another, in the whole run. */
  public long goodBetween(int fromBin, int untilBin) {
    long good = 0;
    for (int bin = fromBin; bin < untilBin; bin++) {
      good += goodByBin[bin];
    }
    return good;
  }

  /** Whether nothing was refused in the scored part, nor when it was calm. */
  public boolean refusedNothing() {
    return calmRejections == 0
        && functions.stream().allMatch(function -> function.rejections() == 0);
  }

  int goodInBin(int bin) {
    return goodByBin[bin];
  }

  /** Attempts of functions whose clients retry. */
  int attemptsInBin(int bin) {
    return attemptsByBin[bin];
  }

  /** New requests to functions whose clients retry. */
  int callsInBin(int bin) {
    return callsByBin[bin];
  }

  /** The share refused while the load was at most 90 % of capacity; NaN if nothing came then. */
  double falseShare() {
    return (double) calmRejections / calmAttempts;
  }
}
