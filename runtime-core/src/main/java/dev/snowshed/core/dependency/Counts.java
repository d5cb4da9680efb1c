package dev.snowshed.core.dependency;

/**
 * What became of the calls of a function in which no other dependency was in trouble, by what
 * became of one.
 *
 * @param failed all calls of the dependency failed
 * @param partly some of them failed, some did not
 * @param slow it was slow or timed out; over the budget counts as failed here
 * @param fine none was slow and none failed
 * @param fineInTime the same, over the budget counted as failed
 */
public record Counts(
    Failures failed, Failures partly, Failures slow, Failures fine, Failures fineInTime) {
  /** Nothing was counted. */
  public static final Counts NONE =
      new Counts(Failures.NONE, Failures.NONE, Failures.NONE, Failures.NONE, Failures.NONE);

  Counts plus(Counts other) {
    return new Counts(
        failed.plus(other.failed),
        partly.plus(other.partly),
        slow.plus(other.slow),
        fine.plus(other.fine),
        fineInTime.plus(other.fineInTime));
  }

  Counts minus(Counts earlier) {
    return new Counts(
        failed.minus(earlier.failed),
        partly.minus(earlier.partly),
        slow.minus(earlier.slow),
        fine.minus(earlier.fine),
        fineInTime.minus(earlier.fineInTime));
  }

  Failures failedOrPartly() {
    return failed.plus(partly);
  }

  /** Whether the dependency was fine whenever it was called. */
  boolean isQuiet() {
    return failed.of() + partly.of() + slow.of() == 0;
  }

  boolean isEmpty() {
    return isQuiet() && fine.of() == 0;
  }
}
