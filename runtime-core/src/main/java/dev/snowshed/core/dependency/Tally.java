package dev.snowshed.core.dependency;

import java.util.concurrent.atomic.LongAdder;

/** Counts calls of a function. Safe for concurrent use; what was counted only grows. */
final class Tally {

  /** Good ones and bad ones: one counter for each, so that their sum is never short of a part. */
  private static final class Pair {
    private final LongAdder good = new LongAdder();
    private final LongAdder bad = new LongAdder();

    void add(boolean isBad) {
      (isBad ? bad : good).increment();
    }

    Failures sum() {
      long failed = bad.sum();
      return new Failures(failed, failed + good.sum());
    }
  }

  private final Pair failed = new Pair();
  private final Pair partly = new Pair();
  private final Pair slow = new Pair();
  private final Pair fine = new Pair();
  private final LongAdder fineLate = new LongAdder();

  void failed(boolean bad) {
    failed.add(bad);
  }

  void partly(boolean bad) {
    partly.add(bad);
  }

  void slow(boolean badOrLate) {
    slow.add(badOrLate);
  }

  void fine(boolean bad, boolean late) {
    if (late && !bad) {
      fineLate.increment();
    } else {
      fine.add(bad);
    }
  }

  Counts sum() {
    Failures inTimeOrBad = fine.sum();
    long late = fineLate.sum();
    long all = inTimeOrBad.of() + late;
    long bad = inTimeOrBad.failed();
    return new Counts(
        failed.sum(),
        partly.sum(),
        slow.sum(),
        new Failures(bad, all),
        new Failures(bad + late, all));
  }
}
