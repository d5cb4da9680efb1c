package dev.snowshed.benchmarks.overload;

import dev.snowshed.benchmarks.http.BenchException;
import dev.snowshed.benchmarks.load.Connections;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A function to overload: the work is in the module overload-function. */
enum Workload {
  /** About 2 ms of SHA-256: bound by the processor. */
  CPU,
  /** Asks twenty services of 5 ms, one after another: bound by what the calls cost. */
  IO,
  /**
   * Holds one of 10 connections for three exchanges of 5 ms: bound at some 500 per second, while
   * the processors idle.
   */
  POOL;

  /** The cheapest function there is, with which a refusal is compared. It is not overloaded. */
  static final String PLAIN = "plain";

  /** What the deadline header says, and the functions' own timeout. */
  static final long DEADLINE_MILLIS = 500;

  static final long DEADLINE_NANOS = DEADLINE_MILLIS * 1_000_000;

  /** What is posted. */
  static final String BODY =
      """
      {"name":"Ada","items":[{"sku":"a-1","quantity":2,"price":9.5},\
      {"sku":"b-2","quantity":1,"price":20.25},{"sku":"c-3","quantity":4,"price":1.75}]}""";

  /**
   * What the generator does between requests: it spares its processor for the services it plays.
   */
  Connections.Pause pause() {
    return this == CPU ? Connections.Pause.SPIN : Connections.Pause.SLEEP;
  }

  /** What distinguishes its path on every target. */
  String key() {
    return switch (this) {
      case CPU -> "cpu";
      case IO -> "io";
      case POOL -> "pool";
    };
  }

  /** Its name: the key with {@code bench-} before it. */
  String title() {
    return "bench-" + key();
  }

  /**
   * Finds one by its name, or its key.
   *
   * @throws BenchException if there is none
   */
  static Workload named(String name) {
    return Arrays.stream(values())
        .filter(workload -> name.equals(workload.title()) || name.equals(workload.key()))
        .findFirst()
        .orElseThrow(
            () ->
                new BenchException(
                    "no function is called \"%s\"; there are %s".formatted(name, names())));
  }

  static String names() {
    return Arrays.stream(values()).map(Workload::title).collect(Collectors.joining(", "));
  }
}
