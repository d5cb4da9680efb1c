package dev.snowshed.core.dependency;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How often verdicts are right, wrong and unknown as evidence grows, on functions of which the
 * truth is known. The verdict is asked for again and again, and a run counts as wrong from the
 * first wrong one on.
 *
 * <p>Prints a table. More runs and calls: {@code -Dtruth.calls=10000}.
 */
class GroundTruthTest {
  private static final int RUNS = Integer.getInteger("truth.runs", 1000);

  /** How many calls a run has; 0 for as many as show mistakes. */
  private static final int CALLS = Integer.getInteger("truth.calls", 0);

  /** How many instances share their evidence, and their outages. */
  private static final int INSTANCES = 10;

  private static final double ALLOWED = 0.05;

  /** After how many calls the table has a row. */
  private static final List<Integer> SHOWN = List.of(100, 300, 1000, 3000, 10_000, 30_000);

  /** What became of one run: for each of the shown numbers of calls, and each dependency. */
  private static final class Fate {
    private final boolean[][] right;
    private final boolean[][] everWrong;

    Fate(int edges) {
      right = new boolean[SHOWN.size()][edges];
      everWrong = new boolean[SHOWN.size()][edges];
    }
  }

  @Test
  void isWrongNoMoreOftenThanItsConfidenceAllows() {
    assertSeldomWrong(GeneratedFunction.ALL, 1, RUNS, GroundTruthTest::calls);
  }

  /** What one minute did to all of them is no more evidence than what it did to one. */
  @Test
  void isWrongNoMoreOftenWithTheEvidenceOfManyInstances() {
    List<GeneratedFunction> doubtful =
        GeneratedFunction.ALL.stream()
            .filter(each -> !each.truth().stream().allMatch(Strength.STRONG::equals))
            .toList();
    assertSeldomWrong(doubtful, INSTANCES, RUNS / 5, _ -> INSTANCES * 300);
  }

  /** Hardly any is found to be weak in 1,000 calls, and so none wrongly. */
  private static int calls(GeneratedFunction function) {
    List<Strength> truth = function.truth().stream().distinct().toList();
    boolean isClear = truth.size() == 1 && truth.get(0) != Strength.UNKNOWN;
    return CALLS > 0 ? CALLS : isClear ? 1000 : 3000;
  }

  private static void assertSeldomWrong(
      List<GeneratedFunction> functions,
      int instances,
      int runs,
      ToIntFunction<GeneratedFunction> calls) {
    List<String> bad = new ArrayList<>();
    System.out.printf(
        "%-40s %-8s %7s %7s %7s %7s%n",
        "function, " + instances + " of it", "truth", "calls", "right", "unknown", "wrong");
    for (GeneratedFunction each : functions) {
      int most = calls.applyAsInt(each);
      List<Fate> fates =
          IntStream.range(0, each.equals(GeneratedFunction.FROM_THREADS) ? runs / 10 : runs)
              .parallel()
              .mapToObj(seed -> run(each, seed, instances, most))
              .toList();
      for (int edge = 0; edge < each.truth().size(); edge++) {
        for (int look = 0; look < SHOWN.size() && SHOWN.get(look) <= most; look++) {
          double wrong = show(each, edge, look, fates);
          if (wrong > ALLOWED) {
            bad.add(each.name() + ", " + "ab".charAt(edge) + ", " + SHOWN.get(look) + ": " + wrong);
          }
        }
      }
    }
    assertTrue(bad.isEmpty(), bad.toString());
  }

  /** Else it would be enough to know nothing. */
  @Test
  void knowsWithEvidenceEnough() {
    assertTrue(rightAfter(1000, GeneratedFunction.NEEDS) >= 0.95);
    assertTrue(rightAfter(10_000, GeneratedFunction.DOES_WITHOUT) >= 0.95);
  }

  private static double rightAfter(int calls, GeneratedFunction function) {
    int runs = 40;
    long right =
        IntStream.range(0, runs)
            .parallel()
            .filter(
                seed -> {
                  GeneratedFunction.Run run = new GeneratedFunction.Run(seed, 1);
                  for (int i = 0; i < calls; i++) {
                    run.call(function);
                  }
                  Verdict found = run.edges().get(0).verdict();
                  return found.strength() == function.truth().get(0) && found.reason() == null;
                })
            .count();
    return (double) right / runs;
  }

  private static double show(GeneratedFunction function, int edge, int look, List<Fate> fates) {
    double runs = fates.size();
    double right = fates.stream().filter(each -> each.right[look][edge]).count() / runs;
    double wrong = fates.stream().filter(each -> each.everWrong[look][edge]).count() / runs;
    System.out.printf(
        Locale.ROOT,
        "%-40s %-8s %7d %7.3f %7.3f %7.3f%n",
        function.name(),
        function.truth().get(edge),
        SHOWN.get(look),
        right,
        1 - right - wrong,
        wrong);
    return wrong;
  }

  private static Fate run(GeneratedFunction function, long seed, int instances, int most) {
    GeneratedFunction.Run run = new GeneratedFunction.Run(seed, instances);
    int edges = function.truth().size();
    Fate fate = new Fate(edges);
    boolean[] wrong = new boolean[edges];
    int nextLook = 20;
    for (int calls = 1; calls <= most; calls++) {
      run.call(function);
      int shown = SHOWN.indexOf(calls);
      if (calls == nextLook || shown >= 0) {
        nextLook = calls == nextLook ? nextLook + 1 + nextLook / 5 : nextLook;
        List<EdgeSnapshot> now = run.edges();
        for (int i = 0; i < edges; i++) {
          Strength found = now.get(i).verdict().strength();
          Strength truth = function.truth().get(i);
          wrong[i] |= found != Strength.UNKNOWN && found != truth;
          if (shown >= 0) {
            fate.right[shown][i] = found == truth && found != Strength.UNKNOWN && !wrong[i];
            fate.everWrong[shown][i] = wrong[i];
          }
        }
      }
    }
    return fate;
  }
}
