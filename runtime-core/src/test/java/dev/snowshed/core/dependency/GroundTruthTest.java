package dev.snowshed.core.dependency;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  private static final int CALLS = Integer.getInteger("truth.calls", 1000);
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
    List<String> bad = new ArrayList<>();
    System.out.printf(
        "%-40s %-8s %7s %7s %7s %7s%n", "function", "truth", "calls", "right", "unknown", "wrong");
    for (GeneratedFunction each : GeneratedFunction.ALL) {
      List<Fate> fates =
          IntStream.range(0, RUNS).parallel().mapToObj(seed -> run(each, seed)).toList();
      for (int edge = 0; edge < each.truth().size(); edge++) {
        for (int look = 0; look < SHOWN.size() && SHOWN.get(look) <= CALLS; look++) {
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
                  GeneratedFunction.Run run = new GeneratedFunction.Run(seed, "s");
                  for (int i = 0; i < calls; i++) {
                    run.call(function);
                  }
                  Verdict found =
                      run.dependencies.snapshot(run.nowNanos()).edges().get(0).verdict();
                  return found.strength() == function.truth().get(0) && found.reason() == null;
                })
            .count();
    return (double) right / runs;
  }

  private static double show(GeneratedFunction function, int edge, int look, List<Fate> fates) {
    double right = fates.stream().filter(each -> each.right[look][edge]).count() / (double) RUNS;
    double wrong =
        fates.stream().filter(each -> each.everWrong[look][edge]).count() / (double) RUNS;
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

  private static Fate run(GeneratedFunction function, long seed) {
    GeneratedFunction.Run run = new GeneratedFunction.Run(seed, "s");
    int edges = function.truth().size();
    Fate fate = new Fate(edges);
    boolean[] wrong = new boolean[edges];
    int nextLook = 20;
    for (int calls = 1; calls <= CALLS; calls++) {
      run.call(function);
      int shown = SHOWN.indexOf(calls);
      if (calls == nextLook || shown >= 0) {
        nextLook = calls == nextLook ? nextLook + 1 + nextLook / 5 : nextLook;
        List<EdgeSnapshot> now = run.dependencies.snapshot(run.nowNanos()).edges();
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
