package dev.snowshed.core.limit;

/**
 * What the law decided at the end of a round.
 *
 * @param oldLimit the limit before, in requests
 * @param newLimit the limit from now on
 * @param reason why
 */
public record LimitDecision(int oldLimit, int newLimit, Reason reason) {

  /** Why the limit is what it is. */
  public enum Reason {
    /** Nothing has been learnt yet. */
    INITIAL,
    /** Too little load to learn from. */
    APP_LIMITED,
    /** Requests wait, and nothing says that more of them at once would be slower. */
    GROWING,
    /** More at once did not make each slower. */
    FLAT,
    /** More at once only made each slower: something behind the function is full. */
    SATURATED,
    /** The processors have enough to do: more at once would only wait for them. */
    PROCESSORS_BUSY,
    /** More were ready to run than the processors needed to stay busy. */
    RUN_QUEUE,
    /** The knee is known; it will be looked for again. */
    HOLDING
  }
}
