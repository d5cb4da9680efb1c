package dev.snowshed.core.dependency;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /**
   * A stratum of the comparison.
   *
   * @param ageNanos of the latest trouble; of no matter without any
   */
  private record Pair(Failures trouble, Failures fine, long ageNanos) {
    static final Pair NONE = new Pair(Failures.NONE, Failures.NONE, Long.MAX_VALUE);

    Pair plus(Pair other) {
      return new Pair(
          trouble.plus(other.trouble),
          fine.plus(other.fine),
          Math.min(troubleNanos(), other.troubleNanos()));
    }

    private long troubleNanos() {
      return trouble.of() == 0 ? Long.MAX_VALUE : ageNanos;
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

  /** A stratum, and how many calls with trouble it counts as. */
  private record Weighed(Pair pair, double worth) {}

  /** A stratum of one of several sources. */
  private record Seen(int source, Pair pair) {}

  /**
   * Compares within strata.
   *
   * @param sources each with its strata, the oldest first
   * @param trouble finds the calls with trouble
   * @param fine finds the others
   * @param worth how many calls with trouble a stratum counts as at most; above 0. Calls of the
   *     same minute are often alike, and calls of several sources in the same minute, too
   * @param minuteNanos how long that is
   */
  static Comparison of(
      List<List<Stratum>> sources,
      Function<Counts, Failures> trouble,
      Function<Counts, Failures> fine,
      double worth,
      long minuteNanos) {
    List<Seen> seen = new ArrayList<>();
    for (int source = 0; source < sources.size(); source++) {
      int it = source;
      complete(sources.get(source).stream().map(each -> pair(each, trouble, fine)).toList())
          .forEach(each -> seen.add(new Seen(it, each)));
    }
    return of(weigh(seen, worth, minuteNanos));
  }

  /** What several sources saw within a minute counts as one minute. */
  private static List<Weighed> weigh(List<Seen> all, double worth, long minuteNanos) {
    List<Seen> oldestFirst = new ArrayList<>(all);
    oldestFirst.sort(comparingLong((Seen each) -> each.pair.ageNanos).reversed());
    List<Weighed> weighed = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= oldestFirst.size(); to++) {
      long begun = oldestFirst.get(from).pair.ageNanos;
      if (to == oldestFirst.size() || begun - oldestFirst.get(to).pair.ageNanos >= minuteNanos) {
        weighed.addAll(weighMinute(oldestFirst.subList(from, to), worth));
        from = to;
      }
    }
    return weighed;
  }

  /** All sources together saw no more than the one that saw most, or than a minute is worth. */
  private static List<Weighed> weighMinute(List<Seen> seen, double worth) {
    Map<Integer, Double> calls =
        seen.stream()
            .collect(groupingBy(Seen::source, summingDouble(each -> each.pair.worth(worth))));
    double sum = calls.values().stream().mapToDouble(Double::doubleValue).sum();
    double most = calls.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double share = sum == 0 ? 0 : Math.max(most, Math.min(sum, worth)) / sum;
    return seen.stream()
        .map(each -> new Weighed(each.pair, share * each.pair.worth(worth)))
        .toList();
  }

  private static Pair pair(
      Stratum stratum, Function<Counts, Failures> trouble, Function<Counts, Failures> fine) {
    return new Pair(
        trouble.apply(stratum.counts()), fine.apply(stratum.counts()), stratum.newestNanos());
  }

  /** Compares all with all. */
  public static Comparison of(Failures trouble, Failures fine) {
    return of(List.of(new Weighed(new Pair(trouble, fine, 0), (double) trouble.of())));
  }

  private static Comparison of(List<Weighed> pairs) {
    Pair all = pairs.stream().map(Weighed::pair).reduce(Pair.NONE, Pair::plus);
    double calls = pairs.stream().mapToDouble(Weighed::worth).sum();
    double seen = 0;
    double expected = 0;
    double variance = 0;
    for (Weighed each : pairs) {
      double weight = calls == 0 ? 0 : each.worth / calls;
      seen += weight * each.pair.trouble.rate();
      expected += weight * each.pair.fine.rate();
      variance += weight == 0 ? 0 : weight * weight / each.pair.fine.of();
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
