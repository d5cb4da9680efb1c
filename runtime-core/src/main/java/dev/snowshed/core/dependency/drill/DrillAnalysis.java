package dev.snowshed.core.dependency.drill;

import dev.snowshed.core.dependency.Comparison;
import dev.snowshed.core.dependency.Comparison.Answer;
import dev.snowshed.core.dependency.Confidence;
import dev.snowshed.core.dependency.Declared;
import dev.snowshed.core.dependency.DependencySettings;
import dev.snowshed.core.dependency.Failures;
import dev.snowshed.core.dependency.Strength;
import dev.snowshed.core.dependency.Verdict;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what became of the calls of a drill. Safe for concurrent use.
 *
 * <p>Error and hang ask whether the function fails without the dependency, delay whether it fails
 * or takes too long when the dependency is slow. The report is meant for the end of the drill:
 * before, it may be wrong more often than its confidence says.
 */
public final class DrillAnalysis {
  /**
   * What is so sure before all calls were made needs no further ones, and the last look keeps its
   * confidence (Haybittle and Peto, 1971 and 1976).
   */
  private static final double EARLY_ALPHA = 0.001;

  /** Single dependencies before pairs, by name; failure before delay before hang. */
  private static final Comparator<DrillReport.Effect> IN_ORDER =
      Comparator.comparingInt((DrillReport.Effect each) -> each.dependencies().size())
          .thenComparing(each -> each.dependencies().toString())
          .thenComparingLong(each -> rank(each.treatment().fault()));

  private final String function;
  private final long budgetNanos;
  private final Map<String, Declared> declared;
  private final Confidence confidence;
  private final Confidence early;

  // Guarded by this.
  private final Map<Treatment, Group> groups = new LinkedHashMap<>();

  /**
   * An analysis of nothing yet.
   *
   * @param function its name
   * @param budget how long a call of it may take; {@link DependencySettings#NO_BUDGET} if as long
   *     as it wants
   * @param declared what its author says of the dependencies; those missing are undeclared
   * @param confidence of each verdict; above 0.5 and below 1
   */
  public DrillAnalysis(
      String function, Duration budget, Map<String, Declared> declared, double confidence) {
    this.function = function;
    this.budgetNanos = budget.toNanos();
    this.declared = Map.copyOf(declared);
    this.confidence = new Confidence(1 - confidence, false);
    this.early = new Confidence(Math.min(EARLY_ALPHA, 1 - confidence), false);
  }

  /**
   * A call has ended.
   *
   * @param failed whether it got no good answer
   * @param injected whether it met the dependencies of its treatment; of no matter in a control
   */
  public synchronized void add(
      Treatment treatment, boolean failed, long latencyNanos, boolean injected) {
    Group group = groups.computeIfAbsent(treatment, _ -> new Group());
    if (injected || treatment.isControl()) {
      group.add(failed, failed || latencyNanos > budgetNanos, latencyNanos);
    } else {
      group.missed();
    }
  }

  /**
   * Whether calls with a hang have failed so often that more of them, each of which lasts, would
   * tell nothing new. Always false of other treatments.
   */
  public synchronized boolean isSettled(Treatment treatment) {
    Group group = groups.get(treatment);
    Group control = groups.get(Treatment.CONTROL);
    return treatment.fault() instanceof Fault.Hang
        && group != null
        && control != null
        && Comparison.of(group.failures(), control.failures()).answer(early) == Answer.YES;
  }

  /** What the calls so far show. */
  public synchronized DrillReport report() {
    Group control = groups.getOrDefault(Treatment.CONTROL, new Group());
    List<DrillReport.Effect> effects =
        groups.entrySet().stream()
            .filter(each -> !each.getKey().isControl())
            .map(each -> effect(each.getKey(), each.getValue(), control))
            .sorted(IN_ORDER)
            .toList();
    List<DrillReport.Finding> findings =
        effects.stream()
            .map(DrillReport.Effect::dependencies)
            .distinct()
            .map(each -> finding(each, of(each, effects)))
            .toList();
    return new DrillReport(
        function,
        control.failures(),
        control.quantileNanos(0.5),
        control.quantileNanos(0.99),
        findings);
  }

  private static List<DrillReport.Effect> of(
      List<String> dependencies, List<DrillReport.Effect> effects) {
    return effects.stream().filter(each -> each.dependencies().equals(dependencies)).toList();
  }

  private DrillReport.Effect effect(Treatment treatment, Group group, Group control) {
    boolean delayed = treatment.fault() instanceof Fault.Delay;
    Comparison comparison =
        delayed
            ? Comparison.of(group.lateOrFailed(), control.lateOrFailed())
            : Comparison.of(group.failures(), control.failures());
    return new DrillReport.Effect(
        treatment,
        group.failures(),
        group.lateOrFailed(),
        group.notCalled(),
        group.quantileNanos(0.5),
        group.quantileNanos(0.99),
        comparison.difference(confidence),
        comparison.answer(confidence),
        comparison.certainty(confidence));
  }

  private DrillReport.Finding finding(List<String> dependencies, List<DrillReport.Effect> effects) {
    String name = String.join(" and ", dependencies);
    return new DrillReport.Finding(
        dependencies, said(dependencies), verdict(name, effects), effects);
  }

  /** Two are declared weak together if each of them is: a function that can do without both. */
  private Declared said(List<String> dependencies) {
    List<Declared> each =
        dependencies.stream()
            .map(name -> declared.getOrDefault(name, Declared.UNDECLARED))
            .distinct()
            .toList();
    boolean alike = each.equals(List.of(Declared.WEAK)) || dependencies.size() == 1;
    return alike ? each.getFirst() : Declared.UNDECLARED;
  }

  private Verdict verdict(String name, List<DrillReport.Effect> effects) {
    List<DrillReport.Effect> failing = effects.stream().filter(e -> !e.isDelay()).toList();
    List<DrillReport.Effect> slow = effects.stream().filter(e -> e.isDelay()).toList();
    if (has(failing, Answer.YES)) {
      return new Verdict(Strength.STRONG, greatest(failing), evidence(name, effects), null);
    }
    if (all(failing, Answer.NO) && (all(slow, Answer.NO) || budgetIsNone())) {
      return new Verdict(Strength.WEAK, least(effects), evidence(name, effects), null);
    }
    return new Verdict(
        Strength.UNKNOWN, 0, evidence(name, effects), why(name, failing, slow, effects));
  }

  private boolean budgetIsNone() {
    return budgetNanos >= DependencySettings.NO_BUDGET.toNanos();
  }

  private String why(
      String name,
      List<DrillReport.Effect> failing,
      List<DrillReport.Effect> slow,
      List<DrillReport.Effect> effects) {
    if (effects.stream().allMatch(each -> each.failures().of() == 0)) {
      return name + " was not called by these requests";
    }
    if (all(failing, Answer.NO) && slow.isEmpty()) {
      return function + " survives it failing; a delay was not tried";
    }
    if (has(slow, Answer.YES)) {
      return function + " fails or takes too long when it is slow";
    }
    if (failing.isEmpty()) {
      return "neither error nor hang was tried";
    }
    return "neither clear enough nor often enough; more repetitions may tell";
  }

  private static boolean has(List<DrillReport.Effect> effects, Answer answer) {
    return effects.stream().anyMatch(each -> each.answer() == answer);
  }

  private static boolean all(List<DrillReport.Effect> effects, Answer answer) {
    return !effects.isEmpty() && effects.stream().allMatch(each -> each.answer() == answer);
  }

  private static double greatest(List<DrillReport.Effect> effects) {
    return effects.stream()
        .filter(each -> each.answer() == Answer.YES)
        .mapToDouble(DrillReport.Effect::certainty)
        .max()
        .orElse(0);
  }

  private static double least(List<DrillReport.Effect> effects) {
    return effects.stream()
        .filter(each -> each.answer() == Answer.NO)
        .mapToDouble(DrillReport.Effect::certainty)
        .min()
        .orElse(0);
  }

  private String evidence(String name, List<DrillReport.Effect> effects) {
    Failures control = groups.getOrDefault(Treatment.CONTROL, new Group()).failures();
    StringBuilder text = new StringBuilder();
    for (DrillReport.Effect each : effects) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(each.treatment().fault() instanceof Fault.Delay ? "delayed" : label(each))
          .append(": ")
          .append(each.isDelay() ? each.lateOrFailed().failed() : each.failures().failed())
          .append(" of ")
          .append(each.failures().of());
    }
    return String.format(
        Locale.ROOT,
        "calls of %s that failed with %s %s; without: %d of %d",
        function,
        name,
        text,
        control.failed(),
        control.of());
  }

  private static long rank(@Nullable Fault fault) {
    return switch (fault) {
      case Fault.Delay delay -> delay.nanos();
      case Fault.Hang _ -> Long.MAX_VALUE;
      case Fault.Failure _ -> 0;
      case null -> 0;
    };
  }

  private static String label(DrillReport.Effect effect) {
    return effect.treatment().fault() instanceof Fault.Hang ? "hanging" : "failing";
  }
}
