package dev.snowshed.core.dependency;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Calls of a function with a dependency in trouble, beside calls of the same time with it fine.
 *
 * @param trouble how many of the first failed
 * @param fine how many of the others failed, all of them
 * @param seen the share of the first that failed, where no stratum counts as more calls than it is
 *     worth
 * @param expected the share of the first that would have failed by what the others of the same time
 *     did: each stratum's share, weighed as in {@code seen} (direct standardisation). So what makes
 *     a function fail for a time, while a dependency is in trouble too, is not laid at its door
 */
public record Comparison(Failures trouble, Failures fine, Share seen, Share expected) {
  private static final double MOSTLY = 0.5;
  private static final double HARDLY = 0.05;
  private static final long LEAST_FINE = 3;

  /** What a comparison answers to the question whether the function fails for it. */
  public enum Answer {
    /** Mostly. */
    YES,
    /** Hardly ever. */
    NO,
    /** Not known, or neither. */
    OPEN
  }

  /** A stratum of the comparison. */
  private record Pair(Failures trouble, Failures fine) {
    static final Pair NONE = new Pair(Failures.NONE, Failures.NONE);

    Pair plus(Pair other) {
      return new Pair(trouble.plus(other.trouble), fine.plus(other.fine));
    }

    double worth(double most) {
      return Math.min((double) trouble.of(), most);
    }

    boolean hasFine() {
      return fine.of() >= LEAST_FINE;
    }

    boolean isComplete() {
      return hasFine() && trouble.of() > 0;
    }
  }

  /**
   * Compares within strata.
   *
   * @param sources each with its strata, the oldest first
   * @param trouble finds the calls with trouble
   * @param fine finds the others
   * @param worth how many calls with trouble a stratum counts as at most; above 0. Calls of the
   *     same minute are often alike
   */
  static Comparison of(
      List<List<Stratum>> sources,
      Function<Counts, Failures> trouble,
      Function<Counts, Failures> fine,
      double worth) {
    List<Pair> pairs = new ArrayList<>();
    for (List<Stratum> strata : sources) {
      pairs.addAll(
          complete(
              strata.stream()
                  .map(each -> each.counts())
                  .map(each -> new Pair(trouble.apply(each), fine.apply(each)))
                  .toList()));
    }
    return of(pairs, worth);
  }

  /** Compares all with all. */
  public static Comparison of(Failures trouble, Failures fine) {
    return of(List.of(new Pair(trouble, fine)), Double.POSITIVE_INFINITY);
  }

  private static Comparison of(List<Pair> pairs, double worth) {
    Pair all = pairs.stream().reduce(Pair.NONE, Pair::plus);
    double calls = pairs.stream().mapToDouble(each -> each.worth(worth)).sum();
    double seen = 0;
    double expected = 0;
    double variance = 0;
    for (Pair each : pairs) {
      double weight = calls == 0 ? 0 : each.worth(worth) / calls;
      seen += weight * each.trouble.rate();
      expected += weight * each.fine.rate();
      variance += weight == 0 ? 0 : weight * weight / each.fine.of();
    }
    double others = variance > 0 && variance < Double.POSITIVE_INFINITY ? 1 / variance : 0;
    return new Comparison(
        all.trouble, all.fine, new Share(seen, calls), new Share(expected, others));
  }

  /**
   * Joins strata of one source, by time, until there are calls to compare with in each. Which are
   * joined depends on how many calls there were, never on what became of the function's.
   */
  private static List<Pair> complete(List<Pair> strata) {
    List<Pair> complete = new ArrayList<>();
    Pair rest = Pair.NONE;
    for (Pair each : strata) {
      if (each.isComplete()) {
        complete.add(each);
      } else {
        rest = rest.plus(each);
      }
      if (rest.isComplete()) {
        complete.add(rest);
        rest = Pair.NONE;
      }
    }
    return withRest(complete, rest);
  }

  private static List<Pair> withRest(List<Pair> complete, Pair rest) {
    if (rest.trouble.of() == 0 || complete.isEmpty()) {
      complete.add(rest);
    } else {
      complete.add(complete.removeLast().plus(rest));
    }
    return complete;
  }

  /** Where the difference to the expected share lies. */
  public Interval difference(Confidence confidence) {
    return seen.minus(expected, confidence);
  }

  /**
   * Whether the function fails for the trouble, mostly or hardly ever. Open if it fails mostly
   * anyway: then there is nothing to be seen.
   */
  public Answer answer(Confidence confidence) {
    Interval difference = difference(confidence);
    if (difference.low() > MOSTLY && seen.calls() >= confidence.least(MOSTLY)) {
      return Answer.YES;
    }
    boolean visible = expected.high(confidence) < MOSTLY;
    boolean enough = seen.calls() >= confidence.least(1 - HARDLY);
    return visible && enough && difference.high() < HARDLY ? Answer.NO : Answer.OPEN;
  }

  /** The greatest confidence with which the answer still holds. */
  public double certainty(Confidence confidence) {
    Answer answer = answer(confidence);
    double holds = confidence.alpha();
    double fails = 1e-6;
    for (int i = 0; i < 12 && answer != Answer.OPEN; i++) {
      double middle = Math.sqrt(holds * fails);
      if (answer(confidence.with(middle)) == answer) {
        holds = middle;
      } else {
        fails = middle;
      }
    }
    return answer == Answer.OPEN ? 0 : 1 - holds;
  }

  /** Whether the function fails for it sometimes only, for all that is known. */
  boolean isBetween(Confidence confidence) {
    Interval difference = difference(confidence);
    return difference.low() > HARDLY && difference.high() < MOSTLY;
  }
}
