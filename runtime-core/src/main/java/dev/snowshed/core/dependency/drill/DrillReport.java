package dev.snowshed.core.dependency.drill;

import static java.util.Collections.disjoint;

import dev.snowshed.core.dependency.Comparison.Answer;
import dev.snowshed.core.dependency.Declared;
import dev.snowshed.core.dependency.Failures;
import dev.snowshed.core.dependency.Interval;
import dev.snowshed.core.dependency.Strength;
import dev.snowshed.core.dependency.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a drill has shown.
 *
 * @param function whose calls
 * @param control how many of the controls failed
 * @param controlP50Nanos half of the controls took at most that; 0 without any
 * @param controlP99Nanos 99 % of them took at most that; 0 without any
 * @param findings for each dependency by name, then for each pair if pairs were tried
 */
public record DrillReport(
    String function,
    Failures control,
    long controlP50Nanos,
    long controlP99Nanos,
    List<Finding> findings) {
  /** Copies the list. */
  public DrillReport {
    findings = List.copyOf(findings);
  }

  /**
   * What one kind of treatment did.
   *
   * @param treatment which
   * @param failures how many of the calls that met it failed
   * @param lateOrFailed how many failed or took longer than the budget
   * @param notCalled how many calls never called the dependency, and are not counted
   * @param p50Nanos half of those that met it took at most that; 0 without any
   * @param p99Nanos 99 % of them took at most that; 0 without any
   * @param difference to the controls: of failures, or with a delay of {@code lateOrFailed}
   * @param answer whether the function fails (with a delay: or takes too long) for it
   * @param certainty of the answer, from 0 to 1; 0 if it is open
   */
  public record Effect(
      Treatment treatment,
      Failures failures,
      Failures lateOrFailed,
      long notCalled,
      long p50Nanos,
      long p99Nanos,
      Interval difference,
      Answer answer,
      double certainty) {

    List<String> dependencies() {
      return treatment.dependencies();
    }

    boolean isDelay() {
      return treatment.fault() instanceof Fault.Delay;
    }
  }

  /**
   * What was found of a dependency, or of two together.
   *
   * @param dependencies one or two
   * @param declared what its author says; of two, weak if both are and undeclared otherwise
   * @param verdict what it is
   * @param effects of each fault
   */
  public record Finding(
      List<String> dependencies, Declared declared, Verdict verdict, List<Effect> effects) {
    /** Copies the lists. */
    public Finding {
      dependencies = List.copyOf(dependencies);
      effects = List.copyOf(effects);
    }

    /** Whether it behaves otherwise than its author says, in failing or in being slow. */
    public boolean mismatch() {
      return declaredWeakBehavesStrong()
          || (declared == Declared.STRONG && verdict.strength() == Strength.WEAK);
    }

    /** Whether its author believes that the function does without it, and some fault fells it. */
    public boolean declaredWeakBehavesStrong() {
      return declared == Declared.WEAK
          && effects.stream().anyMatch(each -> each.answer() == Answer.YES);
    }
  }

  /**
   * Those declared weak that fell the function; of two together, those of which neither does so
   * alone.
   */
  public List<Finding> declaredWeakBehavesStrong() {
    Set<String> alone =
        findings.stream()
            .filter(each -> each.dependencies().size() == 1 && each.declaredWeakBehavesStrong())
            .flatMap(each -> each.dependencies().stream())
            .collect(Collectors.toSet());
    return findings.stream()
        .filter(Finding::declaredWeakBehavesStrong)
        .filter(each -> each.dependencies().size() == 1 || disjoint(each.dependencies(), alone))
        .toList();
  }

  /** Those that behave otherwise than their author says. */
  public List<Finding> mismatches() {
    return findings.stream().filter(Finding::mismatch).toList();
  }
}
