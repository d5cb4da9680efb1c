package dev.snowshed.core.dependency;

import dev.snowshed.core.dependency.Comparison.Answer;
import java.util.List;
import java.util.Locale;

/**
 * Finds what a dependency is.
 *
 * <p>Two questions, each answered from the drills' calls and from all others: does the function
 * fail when the dependency fails, and does it fail or take too long when the dependency is slow? A
 * drill decides by chance what fails, so its answer counts for more; but where the other evidence
 * answers the contrary, nothing is known.
 */
final class Judge {
  private static final double WORTH = 5;
  private static final double ALL = Double.POSITIVE_INFINITY;

  private final String function;
  private final String dependency;
  private final boolean hasBudget;
  private final Confidence anyTime;
  private final Confidence once;

  private final Comparison failing;
  private final Comparison partly;
  private final Comparison slow;
  private final Comparison drilledFailing;
  private final Comparison drilledSlow;

  Judge(
      String function,
      String dependency,
      boolean hasBudget,
      double alpha,
      long sliceNanos,
      List<List<Stratum>> evidence) {
    this.function = function;
    this.dependency = dependency;
    this.hasBudget = hasBudget;
    this.anyTime = new Confidence(alpha, true);
    this.once = new Confidence(alpha, false);
    List<List<Stratum>> live = only(evidence, false);
    List<List<Stratum>> drilled = only(evidence, true);
    this.failing = Comparison.of(live, Counts::failed, Counts::fine, WORTH, sliceNanos);
    this.partly = Comparison.of(live, Counts::failedOrPartly, Counts::fine, WORTH, sliceNanos);
    this.slow = Comparison.of(live, Counts::slow, Counts::fineInTime, WORTH, sliceNanos);
    this.drilledFailing = Comparison.of(drilled, Counts::failed, Counts::fine, ALL, sliceNanos);
    this.drilledSlow = Comparison.of(drilled, Counts::slow, Counts::fineInTime, ALL, sliceNanos);
  }

  private static List<List<Stratum>> only(List<List<Stratum>> evidence, boolean drilled) {
    return evidence.stream()
        .map(list -> list.stream().filter(each -> each.drilled() == drilled).toList())
        .toList();
  }

  /** Failures of the function when the dependency fails, drills and all. */
  Failures failedGivenFailed() {
    return failing.trouble().plus(drilledFailing.trouble());
  }

  Failures failedGivenFine() {
    return failing.fine().plus(drilledFailing.fine());
  }

  /** Of the evidence that decides. */
  Interval difference() {
    return byDrill() ? drilledFailing.difference(once) : failing.difference(anyTime);
  }

  private boolean byDrill() {
    return drilledFailing.answer(once) != Answer.OPEN
        || (failing.trouble().of() == 0 && drilledFailing.trouble().of() > 0);
  }

  Verdict verdict(String hint) {
    Answer observed = observed();
    Answer drilled = drilledFailing.answer(once);
    if (contradict(observed, drilled)) {
      return unknown("drills and traffic tell contrary things: was it changed in between?");
    }
    return switch (observed == Answer.OPEN ? drilled : observed) {
      case YES -> known(Strength.STRONG, certainty());
      case NO -> weakIfNotSlow();
      case OPEN -> unknown(whyOpen(hint));
    };
  }

  /** The verdict on what is not one dependency. */
  Verdict several() {
    return unknown("these are several dependencies, more than are told apart");
  }

  /** That it fails already when a part of the calls fails tells no less. */
  private Answer observed() {
    Answer answer = failing.answer(anyTime);
    boolean evenIfPartly = answer == Answer.OPEN && partly.answer(anyTime) == Answer.YES;
    return evenIfPartly ? Answer.YES : answer;
  }

  private double certainty() {
    double observed = Math.max(failing.certainty(anyTime), partly.certainty(anyTime));
    return Math.max(observed, drilledFailing.certainty(once));
  }

  private Verdict weakIfNotSlow() {
    double failingCertainty = Math.max(failing.certainty(anyTime), drilledFailing.certainty(once));
    if (!hasBudget) {
      return known(Strength.WEAK, failingCertainty);
    }
    Answer observed = slow.answer(anyTime);
    Answer drilled = drilledSlow.answer(once);
    if (contradict(observed, drilled)) {
      return unknown("drills and traffic tell contrary things of it when it is slow");
    }
    double slowCertainty = Math.max(slow.certainty(anyTime), drilledSlow.certainty(once));
    return switch (observed == Answer.OPEN ? drilled : observed) {
      case NO -> known(Strength.WEAK, Math.min(failingCertainty, slowCertainty));
      case YES -> unknown(function + " survives it failing, but not it being slow");
      case OPEN -> unknown(whySlowOpen());
    };
  }

  private static boolean contradict(Answer one, Answer other) {
    return one != Answer.OPEN && other != Answer.OPEN && one != other;
  }

  private String whyOpen(String hint) {
    if (failing.trouble().of() + drilledFailing.trouble().of() == 0) {
      return hint.isEmpty() ? "it has not failed yet; a drill would tell" : hint;
    }
    if (failing.expected().high(anyTime) >= 0.5 && failing.fine().of() > 0) {
      return function + " fails too often without it to tell";
    }
    if (failing.isBetween(anyTime) || drilledFailing.isBetween(once)) {
      return function + " fails sometimes only when it fails: on some inputs, it may be";
    }
    return hint.isEmpty() ? "too few failures to tell; a drill would tell" : hint;
  }

  private String whySlowOpen() {
    Failures seen = slow.trouble().plus(drilledSlow.trouble());
    if (seen.of() == 0) {
      return function + " survives it failing; slow it has not been yet; a drill would tell";
    }
    return String.format(
        Locale.ROOT,
        "%s survives it failing; of %d calls in which it was slow, %s failed or took too long",
        function,
        seen.of(),
        percent(seen.rate()));
  }

  private Verdict known(Strength strength, double confidence) {
    return new Verdict(strength, confidence, evidence(), null);
  }

  private Verdict unknown(String reason) {
    return new Verdict(Strength.UNKNOWN, 0, evidence(), reason);
  }

  private String evidence() {
    Comparison deciding = byDrill() ? drilledFailing : failing;
    if (deciding.trouble().of() == 0) {
      return String.format(
          Locale.ROOT,
          "no failures of %s alone in %d calls",
          dependency,
          failing.fine().plus(drilledFailing.fine()).of());
    }
    return String.format(
        Locale.ROOT,
        "%d failures of %s%s; %s failed in %s of those calls, %s otherwise",
        deciding.trouble().of(),
        dependency,
        byDrill() ? " in drills" : "",
        function,
        percent(deciding.trouble().rate()),
        deciding.expected().calls() == 0 ? "unknown" : percent(deciding.expected().rate()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
